import { LOG_NAME } from "../../../src/audit/rpc.ts";
import { within } from "../../../src/check/regions.ts";
import { placeCopies } from "../../../src/domains/compliance/places/place.ts";
import type { AuditRouteParts } from "../../../src/domains/compliance/routes.ts";
import { watchEntries } from "../../../src/domains/compliance/suspicion/watch.ts";
import { soon } from "../../../src/objects/recovery/r2.ts";
import type { Office } from "../../../src/office/database.ts";
import type { Environment } from "../environment.ts";
import type { Ground } from "./ground.ts";
import { failing } from "./report.ts";

const DEADLINE_MS = 5_000;

const logOf = ({ AUDIT_LOG }: Environment): AuditRouteParts["audit"]["log"] => {
  const asked = <Answer>(answer: Promise<Answer>): Promise<Answer> => within(answer, DEADLINE_MS, (ms) => scheduler.wait(ms));
  return {
    find: (ids) => asked(AUDIT_LOG.getByName(LOG_NAME).find(ids)),
    prove: (index) => asked(AUDIT_LOG.getByName(LOG_NAME).prove(index)),
  };
};

/** What the API's routes on the audit log need. */
export const auditOf = ({ office, clock, random }: Ground, environment: Environment): AuditRouteParts["audit"] => ({
  office, clock, random,
  log: logOf(environment),
  published: async (key) => {
    const found = await soon(environment.LOG.get(key));
    return found && new Uint8Array(await soon(found.arrayBuffer()));
  },
});

/** Has the log asked where copies of Register's entries are. */
export const placerOf = (environment: Environment, office: Office) => (): Promise<void> =>
  placeCopies({ office, log: logOf(environment), clock: Date.now }).catch(failing("the places of copied audit entries are not known"));

/** Has rules look at what was done since the last time. */
export const watchAudit = ({ office, settings, clock, random }: Ground): Promise<void> =>
  watchEntries({ office, thresholds: settings.SUSPICION, clock, random }).catch(failing("the audit log was not watched"));
