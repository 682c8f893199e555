/** What other slices may use of authentication. Codes are reached through their object. */
export { accessRefused } from "./access/access.ts";
export { revokeTokensOf } from "./access/store.ts";
export { type CodeParts, type ProvablePhone, proofRefused, sendCodeTo } from "./codes.ts";
export { factorsKeyOf } from "./factors/comer.ts";
export { heldBy } from "./factors/store.ts";
export { provablePhone, readPhone } from "./phone.ts";
export { Grants, type Visit } from "./grant.ts";
export { isEnrolled, type RoleParts } from "./roles/assign.ts";
export { accountToManage } from "./roles/manage.ts";
export type { AccessResult } from "./roles/refusals.ts";
export { endFamiliesOf } from "./oauth/store.ts";
export { voidLinksOf } from "./passwords/store.ts";
export { signedIn } from "./sessions/current.ts";
export { isFresh } from "./sessions/rules.ts";
export { endSessionsOf } from "./sessions/store.ts";
export { Visitor } from "./sessions/visitor.ts";
export { type AttemptKey, FAILURES } from "./sign-in/attempts.ts";
export { attemptsOn, forgetAttemptsOn } from "./sign-in/store.ts";
