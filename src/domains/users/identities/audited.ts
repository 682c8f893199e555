import type { Actor } from "../../../kernel/actor.ts";
import type { Clock, Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { commit } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import type { Role } from "../../authentication/capabilities.ts";
import type { IdentityRead } from "./model.ts";

export interface AuditParts {
  office: Office;
  clock: Clock;
  random: Random;
}

/** Who reads, by which of their roles, and why. */
export interface Reader {
  role: Role;
  actor: Actor;
  reason: string;
}

/** What is opened: which fields, and of which accounts where the resource is not the one account itself. */
interface Opened {
  fields: string[];
  accounts?: string[];
}

/** Has the audit entry in the office before anything is opened. Throws when nobody can say that it is there. */
export async function audited({ office, clock, random }: AuditParts, { role, actor, reason }: Reader, resource: string, opened: Opened): Promise<IdentityRead> {
  const now = clock();
  const read = { id: uuidv7(now, random), at: now, role, reason, what: "identity" as const };
  const audit = { action: "identity.read", resource, payload: { id: read.id, role, reason, ...opened } };
  await commit(office, { actor, rows: [], audit, answer: {} }, { now, random });
  return read;
}
