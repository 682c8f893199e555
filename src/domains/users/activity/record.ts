import type { Actor } from "../../../kernel/actor.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { recordAudit } from "../../../objects/audit.ts";
import type { Transaction } from "../../../objects/database.ts";
import type { VaultAction } from "./model.ts";

interface Done {
  action: VaultAction;
  /** What is spoken of by a reference of its own; else the vault. */
  resource?: string;
  fields?: readonly string[];
}

/** Writes what was done with the vault, and by whom, in the transaction that does it. Who changes nothing calls nothing. */
export function recordActivity(
  transaction: Transaction, { action, resource = "vault", fields = [] }: Done, actor: Actor, now: Instant, random: Random,
): void {
  const channel = actor.kind === "citizen" ? "web" : "office";
  recordAudit(transaction, { action, resource, channel, commandId: null, payload: { fields: [...fields] }, actor }, now, random);
}
