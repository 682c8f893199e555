/** What other slices may use of authentication. Codes are reached through their object. */
export { Grants, type Visit } from "./grant.ts";
export { codeMessage } from "./message.ts";
