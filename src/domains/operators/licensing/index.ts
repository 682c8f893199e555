/** The door to licences, for slices that judge operators by theirs. */
export { licenceOf, livesOf } from "./store.ts";
export { daysInForce, standingOf } from "./rules.ts";
