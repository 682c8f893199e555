import type { Json } from "../../../../kernel/canonical-json.ts";
import type { Actor } from "../../../../kernel/actor.ts";
import type { Instant, Random } from "../../../../kernel/clock.ts";
import { recordAudit } from "../../../../objects/audit.ts";
import type { ObjectDatabase, Transaction } from "../../../../objects/database.ts";
import type { Envelope } from "../../../../sealing/envelope.ts";
import type { SendParts } from "./send.ts";

/** What the verbs on an operator's endpoints need. */
export interface EndpointParts {
  database: ObjectDatabase;
  operator: string;
  envelope: Pick<Envelope, "seal" | "open">;
  sending: SendParts;
  random: Random;
}

interface Note {
  action: string;
  endpoint: string;
  commandId?: string | null;
  payload: Record<string, Json>;
  /** Null for what happened by itself. */
  actor: Actor | null;
}

/** Writes into the audit what was done to an endpoint, in the transaction that does it. */
export function note(transaction: Transaction, { operator, random }: Pick<EndpointParts, "operator" | "random">, { action, endpoint, commandId = null, payload, actor }: Note, now: Instant): void {
  const entry = { action, resource: `webhook/${endpoint}`, channel: actor ? "api" : "clock", commandId, payload: { operator, ...payload }, actor: actor ?? undefined };
  recordAudit(transaction, entry, now, random);
}
