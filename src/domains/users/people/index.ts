/** The door to the regulator's people at work, for the slices they work on: who is let in by a session. */
export { enter, type EnterParts, read, visitorIn } from "./enter.ts";
