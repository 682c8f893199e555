import { systemActor } from "../../../kernel/actor.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { recordAudit } from "../../../objects/audit.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { setDue } from "../../../objects/due.ts";
import type { Finding, Quarantine } from "./model.ts";
import { reasonOf } from "./rules.ts";
import type { Quarantined, TokenGuardApi } from "./rpc.ts";
import { changeDay, forgetFigures, insertQuarantine, markLifted, quarantineById, quarantineInForce, type StoredDay } from "./store.ts";

/** The task that tells the office. */
export const TELL_TASK = "tell-office";

const ITSELF = "token-guard";

export const refusalOf = ({ reason, since }: Quarantine): { ok: false } & Quarantined => ({ ok: false, refusal: "quarantined", reason, since });

/** Does what findings ask for: one quarantine at most, and each rule's warning once a day. */
export function actOn(transaction: Transaction, operator: string, findings: readonly Finding[], day: StoredDay, now: Instant, random: Random): void {
  const grave = findings.find(({ severity }) => severity === "quarantine");
  if (grave && !quarantineInForce(transaction)) {
    begin(transaction, operator, { id: uuidv7(now, random), rule: grave.rule, reason: reasonOf(grave), evidence: grave.evidence, since: now, by: `system:${ITSELF}` }, now, random);
  }
  const news = findings.filter(({ rule, severity }) => severity === "warn" && !day.warned.includes(rule));
  if (news.length === 0) return;
  changeDay(transaction, day.day, { warned: [...day.warned, ...news.map(({ rule }) => rule)] });
  for (const { rule, evidence } of news) note(transaction, operator, "tokens.anomaly-warned", { rule, evidence }, ITSELF, now, random);
}

/** By the regulator. The one that holds already stays as it is. */
export function putQuarantine(
  database: ObjectDatabase, { operator, id, reason, by }: Parameters<TokenGuardApi["putQuarantine"]>[0], now: Instant, random: Random,
): Quarantine {
  return database.transaction((transaction) => {
    const known = quarantineById(transaction, id) ?? quarantineInForce(transaction);
    if (known) return known;
    const fresh: Quarantine = { id, rule: "by-hand", reason, evidence: {}, since: now, by };
    begin(transaction, operator, fresh, now, random);
    return fresh;
  });
}

/** From then on the operator is judged by what it does next: what it was quarantined for would quarantine it again. */
export function liftQuarantine(database: ObjectDatabase, { operator, id, by, at }: Parameters<TokenGuardApi["liftQuarantine"]>[0], now: Instant, random: Random): void {
  database.transaction((transaction) => {
    if (!markLifted(transaction, id, at)) return;
    forgetFigures(transaction);
    note(transaction, operator, "tokens.quarantine-lifted", { quarantine: id, by }, "office", now, random);
  });
}

function begin(transaction: Transaction, operator: string, quarantine: Quarantine, now: Instant, random: Random): void {
  insertQuarantine(transaction, quarantine);
  setDue(transaction, TELL_TASK, now);
  const { id, rule, evidence, by } = quarantine;
  note(transaction, operator, "tokens.quarantined", { quarantine: id, rule, evidence, by }, ITSELF, now, random);
}

function note(transaction: Transaction, operator: string, action: string, payload: Parameters<typeof recordAudit>[1]["payload"], job: string, now: Instant, random: Random): void {
  recordAudit(transaction, { action, resource: `operator/${operator}`, channel: "tokens", commandId: null, payload, actor: systemActor(job) }, now, random);
}
