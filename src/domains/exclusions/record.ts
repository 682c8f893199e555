import type { Json } from "../../kernel/canonical-json.ts";
import type { Instant, Random } from "../../kernel/clock.ts";
import { recordAudit } from "../../objects/audit.ts";
import type { Transaction } from "../../objects/database.ts";
import { logHead } from "./log/store.ts";
import type { Exclusion } from "./model.ts";

interface Step {
  action: `exclusion.${string}`;
  exclusion: Pick<Exclusion, "reference">;
  /** The door it came through. */
  channel: string;
  commandId: string | null;
  payload: Record<string, Json>;
}

/** Tells the audit log what happened to an exclusion, and how far the change log was with it. */
export function recordStep(transaction: Transaction, { exclusion, payload, ...step }: Step, now: Instant, random: Random): void {
  const { seq: sequence } = logHead(transaction);
  recordAudit(transaction, { ...step, resource: exclusion.reference, payload: { ...payload, sequence } }, now, random);
}
