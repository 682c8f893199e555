/** The door to tokens, for slices whose rows hold pseudonyms and are read in an operator's tokens. */
export { tokenOf } from "./seal.ts";
