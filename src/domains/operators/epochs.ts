import type { EpochRow } from "../../check/directory.ts";
import type { Instant, Random } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";
import { once } from "../../objects/commands.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { setDue } from "../../objects/due.ts";
import { appendChange, sealingRoot } from "../exclusions/index.ts";
import { type Answer, record } from "./directory.ts";
import type { RotationReason } from "./pair-keys/rpc.ts";
import type { RotateEpoch } from "./rpc.ts";
import { rotation, shortened } from "./rules.ts";
import { epochsOf, epochsToRetire, findOperator, insertEpoch, nextRetirement, updateEpoch } from "./store.ts";

export { epochsOf } from "./store.ts";

/** The task's name in Register's due table. */
export const RETIRE_TASK = "epochs";

/** How long, in ms, tokens are still read after their epoch was left for a reason; 0 is not at all. */
export type Grace = Readonly<Record<RotationReason, number>>;

/** Begins a new epoch of an operator's tokens; those before are read until their grace is over. */
export function rotateEpoch(database: ObjectDatabase, command: RotateEpoch, grace: Grace, now: Instant, random: Random): Answer<"rotateEpoch"> {
  const { commandId, operator } = command;
  return database.transaction((transaction) =>
    once(transaction, { id: commandId, fingerprint: `rotateEpoch ${command.fingerprint}` }, now, () => {
      if (!findOperator(transaction, operator)) return { ok: false, refusal: "operator-unknown" } as const;
      const { fingerprint: _, ...move } = command;
      return moveEpoch(transaction, move, grace, now, random);
    }),
  );
}

/** A new epoch for an operator that is there: under the root that new tokens are sealed with, unless another is said. */
interface Move extends Pick<RotateEpoch, "operator" | "pairKeyId" | "reason" | "actor"> {
  rootEpoch?: number;
  channel?: string;
  commandId: string | null;
}

/** The same within a transaction. */
export function moveEpoch(
  transaction: Transaction, { operator, pairKeyId, rootEpoch = sealingRoot(transaction), reason = "scheduled", ...by }: Move, grace: Grace, now: Instant, random: Random,
): Result<{ epoch: EpochRow }, { refusal: "epochs-exhausted" }> {
  const until = now + grace[reason];
  const plan = rotation(epochsOf(transaction, operator), { pairKeyId, rootEpoch, until, shortens: reason === "compromised" }, now);
  if (!plan.ok) return plan;
  leave(transaction, plan.past, now, random);
  insertEpoch(transaction, plan.current);
  appendChange(transaction, { type: "epoch", epoch: plan.current }, now);
  const payload = { epoch: plan.current.epoch, pairKeyId: plan.current.pairKeyId, rootEpoch, until, reason };
  record(transaction, { action: "operator.epoch-rotated", resource: operator, payload, ...by }, now, random);
  return { ok: true, epoch: plan.current };
}

/** What is sealed with another key than this one is read no longer than what was compromised. */
export function shortenGrace(transaction: Transaction, operator: string, pairKeyId: string, grace: Grace, now: Instant, random: Random): void {
  const others = epochsOf(transaction, operator).filter((epoch) => epoch.pairKeyId !== pairKeyId);
  leave(transaction, shortened(others, now + grace.compromised, now), now, random);
}

function leave(transaction: Transaction, epochs: readonly EpochRow[], now: Instant, random: Random): void {
  for (const epoch of epochs) {
    if (epoch.state === "retired") retire(transaction, epoch, now, random);
    else put(transaction, epoch, now);
  }
  setDue(transaction, RETIRE_TASK, nextRetirement(transaction));
}

/** Retires the epochs whose grace is over; answers when the next one's is. */
export function retireEpochs(database: ObjectDatabase, now: Instant, random: Random): Instant | null {
  return database.transaction((transaction) => {
    for (const row of epochsToRetire(transaction, now)) retire(transaction, { ...row, state: "retired" }, now, random);
    return nextRetirement(transaction);
  });
}

function retire(transaction: Transaction, epoch: EpochRow, now: Instant, random: Random): void {
  put(transaction, epoch, now);
  const entry = { action: "operator.epoch-retired", resource: epoch.operator, payload: { epoch: epoch.epoch } };
  record(transaction, { ...entry, channel: "clock", commandId: null }, now, random);
}

function put(transaction: Transaction, epoch: EpochRow, now: Instant): void {
  updateEpoch(transaction, epoch);
  appendChange(transaction, { type: "epoch", epoch }, now);
}
