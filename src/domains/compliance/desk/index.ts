/** The door to auditors' and officers' verbs on the audit log. */
export { prove, see } from "./acts.ts";
export type { AuditDeskParts } from "./parts.ts";
export { search } from "./search.ts";
