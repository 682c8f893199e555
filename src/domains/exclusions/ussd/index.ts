/** The door of phones without a browser: a session of screens. */
export { answer } from "./answer.ts";
