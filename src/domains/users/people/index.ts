/** The door to the regulator's people and operators' at work, for the slices they work on: who is let in by a session. */
export { enter, enterBy, type EnterParts, read, visitorIn } from "./enter.ts";
