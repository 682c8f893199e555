/** What other slices may use of authentication. Codes are reached through their object. */
export { type CodeParts, proofRefused, sendCodeTo } from "./codes.ts";
export { Grants, type Visit } from "./grant.ts";
export { isEnrolled, type RoleParts } from "./roles/assign.ts";
export { accountToManage } from "./roles/manage.ts";
export type { AccessResult } from "./roles/refusals.ts";
