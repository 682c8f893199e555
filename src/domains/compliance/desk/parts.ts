import type { EnterParts } from "../../users/people/index.ts";
import type { ProveParts } from "../prove.ts";

/** What the auditors' and officers' verbs work with. Whatever of it fails throws: nothing was shown. */
export type AuditDeskParts = EnterParts & ProveParts;
