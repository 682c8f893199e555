import { logBucketOf } from "../../../src/audit/log/r2.ts";
import type { AuditRouteParts } from "../../../src/domains/compliance/routes.ts";
import { watchEntries } from "../../../src/domains/compliance/suspicion/watch.ts";
import type { Environment } from "../environment.ts";
import type { Ground } from "./ground.ts";
import { logOf } from "./places.ts";
import { failing } from "./report.ts";

/** What the API's routes and the auditors' desk need of the audit log. */
export const auditOf = ({ office, clock, random }: Ground, environment: Environment): AuditRouteParts["audit"] => ({
  office, clock, random,
  log: logOf(environment),
  published: async (key) => (await logBucketOf(environment.LOG).get(key))?.bytes ?? null,
});

/** Has rules look at what was done since the last time. */
export const watchAudit = ({ office, settings, clock, random }: Ground): Promise<void> =>
  watchEntries({ office, thresholds: settings.SUSPICION, clock, random }).catch(failing("the audit log was not watched"));
