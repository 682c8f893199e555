/** The door to licences, for slices that judge operators by theirs. */
export { licenceOf } from "./store.ts";
export { standingOf } from "./rules.ts";
