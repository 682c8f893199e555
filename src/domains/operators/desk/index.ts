/** The door to an operator's people at work, for the slices they work on: who is let in by a session, and for which operator. */
export { enterFor } from "./enter.ts";
