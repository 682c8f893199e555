import { type AuditLogApi, LOG_NAME } from "../../../src/audit/rpc.ts";
import { within } from "../../../src/check/regions.ts";
import { placeCopies } from "../../../src/domains/compliance/places/place.ts";
import type { Office } from "../../../src/office/database.ts";
import type { Environment } from "../environment.ts";
import { failing } from "./report.ts";

const DEADLINE_MS = 5_000;

/** The audit log, as it is asked. */
export function logOf({ AUDIT_LOG }: Environment): Pick<AuditLogApi, "find" | "prove"> {
  const asked = <Answer>(answer: Promise<Answer>): Promise<Answer> => within(answer, DEADLINE_MS, (ms) => scheduler.wait(ms));
  return {
    find: (ids) => asked(AUDIT_LOG.getByName(LOG_NAME).find(ids)),
    prove: (index) => asked(AUDIT_LOG.getByName(LOG_NAME).prove(index)),
  };
}

/** Has the log asked where copies of Register's entries are. */
export const placerOf = (environment: Environment, office: Office) => (): Promise<void> =>
  placeCopies({ office, log: logOf(environment), clock: Date.now }).catch(failing("the places of copied audit entries are not known"));
