import type { EpochRow } from "../../check/directory.ts";
import type { Actor } from "../../kernel/actor.ts";
import { toHex } from "../../kernel/bytes.ts";
import type { Instant, Random } from "../../kernel/clock.ts";
import { once } from "../../objects/commands.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { setDue } from "../../objects/due.ts";
import { appendChange, sealingRoot } from "../exclusions/index.ts";
import { type Answer, record } from "./directory.ts";
import type { RetireToken, RotateEpoch } from "./rpc.ts";
import { retirement, rotation } from "./rules.ts";
import { epochsOf, epochsToRetire, findOperator, generationOf, insertEpoch, nextRetirement, putGeneration, updateEpoch } from "./store.ts";

export { epochsOf } from "./store.ts";

/** The task's name in Register's due table. */
export const RETIRE_TASK = "epochs";

/** Begins a new epoch of an operator's tokens; the one before is read until `until`. */
export function rotateEpoch(
  database: ObjectDatabase, command: RotateEpoch, until: Instant, now: Instant, random: Random,
): Answer<"rotateEpoch"> {
  const { commandId, operator, pairKeyId, actor } = command;
  return database.transaction((transaction) =>
    once(transaction, { id: commandId, fingerprint: `rotateEpoch ${command.fingerprint}` }, now, () => {
      if (!findOperator(transaction, operator)) return { ok: false, refusal: "operator-unknown" } as const;
      const plan = rotation(epochsOf(transaction, operator), pairKeyId, sealingRoot(transaction), until);
      if (!plan.ok) return plan;
      beginEpoch(transaction, plan, { commandId, actor }, now, random);
      setDue(transaction, RETIRE_TASK, nextRetirement(transaction));
      return { ok: true, epoch: plan.current } as const;
    }),
  );
}

interface Begun {
  grace: EpochRow;
  current: EpochRow;
}

/** Puts an operator's new epoch in force, and the one before in its grace; replicas hear of both. */
export function beginEpoch(
  transaction: Transaction, { grace, current }: Begun, by: { channel?: string; commandId: string | null; actor?: Actor | undefined }, now: Instant, random: Random,
): void {
  updateEpoch(transaction, grace);
  insertEpoch(transaction, current);
  for (const epoch of [grace, current]) appendChange(transaction, { type: "epoch", epoch }, now);
  const { operator, epoch, pairKeyId, rootEpoch } = current;
  const payload = { epoch, pairKeyId, rootEpoch, until: grace.until };
  record(transaction, { action: "operator.epoch-rotated", resource: operator, payload, ...by }, now, random);
}

/** Retires the epochs whose grace is over; answers when the next one's is. */
export function retireEpochs(database: ObjectDatabase, now: Instant, random: Random): Instant | null {
  return database.transaction((transaction) => {
    for (const row of epochsToRetire(transaction, now)) retire(transaction, { ...row, state: "retired" }, now, random);
    return nextRetirement(transaction);
  });
}

function retire(transaction: Transaction, epoch: EpochRow, now: Instant, random: Random): void {
  updateEpoch(transaction, epoch);
  appendChange(transaction, { type: "epoch", epoch }, now);
  const entry = { action: "operator.epoch-retired", resource: epoch.operator, payload: { epoch: epoch.epoch } };
  record(transaction, { ...entry, channel: "clock", commandId: null }, now, random);
}

/** Retires one token by itself, with every older one of the same person. */
export function retireToken(
  database: ObjectDatabase, command: RetireToken, now: Instant, random: Random,
): Answer<"retireToken"> {
  const { operator, epoch, generation, actor } = command;
  const p = toHex(command.p);
  return database.transaction((transaction) => {
    if (!findOperator(transaction, operator)) return { ok: false, refusal: "operator-unknown" };
    const plan = retirement(generationOf(transaction, operator, p), { operator, p, epoch, generation });
    if (!plan.ok) return plan;
    if (!plan.row) return { ok: true };
    putGeneration(transaction, plan.row);
    appendChange(transaction, { type: "generation", generation: plan.row }, now);
    const payload = { epoch, least: plan.row.least };
    record(transaction, { action: "operator.token-retired", resource: operator, commandId: null, payload, actor }, now, random);
    return { ok: true };
  });
}
