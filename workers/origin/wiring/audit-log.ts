import { LOG_NAME } from "../../../src/audit/rpc.ts";
import { within } from "../../../src/check/regions.ts";
import { errorFacts, random } from "../../../src/objects/shell.ts";
import type { Office } from "../../../src/office/database.ts";
import { TellLog } from "../../../src/office/tell-log.ts";
import type { Environment } from "../environment.ts";
import { report } from "./report.ts";

const DEADLINE_MS = 5_000;

/** Tells the audit log what the office did. */
export const tellingOf = ({ AUDIT_LOG }: Environment, office: Office): TellLog =>
  new TellLog({
    office, random, clock: Date.now,
    log: { append: (...told) => within(AUDIT_LOG.getByName(LOG_NAME).append(...told), DEADLINE_MS, (ms) => scheduler.wait(ms)) },
    report: (error, waitingMs) => report("the audit log was not told for long", { waitingMs, ...errorFacts(error) }),
  });
