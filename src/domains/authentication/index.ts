/** What other slices may use of authentication. Codes are reached through their object. */
export { Grants } from "./grant.ts";
export { CODE_LIFE } from "./rules.ts";
