import type { Instant, Random } from "../../../kernel/clock.ts";
import { once } from "../../../objects/commands.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { type Answer, record } from "../directory.ts";
import { type Grace, moveEpoch, shortenGrace } from "../epochs.ts";
import { currentEpoch } from "../store.ts";
import type { PairKeyStep, RotatePairKey } from "./rpc.ts";
import { insertRotation, newestPairKey, operatorsAfter, pairKeyUses } from "./store.ts";

/** So many operators are moved in one transaction; meanwhile nobody excludes themself. */
const OPERATORS_AT_ONCE = 100;

/** Moves the epochs of the next operators to a pairwise key. */
export function rotatePairKey(database: ObjectDatabase, command: RotatePairKey, grace: Grace, now: Instant, random: Random): Answer<"rotatePairKey"> {
  return database.transaction((transaction) => {
    const begun = begin(transaction, command, now, random);
    if (!begun.ok) return begun;
    const ids = operatorsAfter(transaction, command.after ?? "", OPERATORS_AT_ONCE);
    const outcomes = ids.map((operator) => ({ operator, outcome: move(transaction, operator, command, grace, now, random) }));
    const step: PairKeyStep = {
      moved: outcomes.filter(({ outcome }) => outcome === "moved").length,
      already: outcomes.filter(({ outcome }) => outcome === "already").length,
      left: outcomes.filter(({ outcome }) => outcome === "left").map(({ operator }) => operator),
      next: ids.length < OPERATORS_AT_ONCE ? null : ids.at(-1)!,
    };
    return { ok: true, ...step };
  });
}

/** Whoever is enrolled from now on begins with it, whatever becomes of the rest. */
const begin = (transaction: Transaction, { commandId, fingerprint, pairKeyId, reason, actor }: RotatePairKey, now: Instant, random: Random) =>
  once(transaction, { id: commandId, fingerprint: `rotatePairKey ${fingerprint}` }, now, () => {
    insertRotation(transaction, { commandId, pairKeyId, reason, at: now });
    record(transaction, { action: "pair-key.rotated", resource: pairKeyId, commandId, payload: { reason }, actor }, now, random);
    return { ok: true } as const;
  });

/** One operator, once for the command: a late repetition moves nobody back from a newer key. */
function move(
  transaction: Transaction, operator: string, { commandId, pairKeyId, reason, actor }: RotatePairKey, grace: Grace, now: Instant, random: Random,
): "moved" | "already" | "left" {
  const own = `${commandId} ${operator}`;
  const moved = once(transaction, { id: own, fingerprint: `rotatePairKey ${pairKeyId}` }, now, () => {
    if (currentEpoch(transaction, operator)?.pairKeyId === pairKeyId) return { ok: true, moved: false } as const;
    const answer = moveEpoch(transaction, { commandId: own, operator, pairKeyId, reason, actor }, grace, now, random);
    return answer.ok ? ({ ok: true, moved: true } as const) : answer;
  });
  // Of who moved before, or cannot yet, what is still read with another key is read no longer either.
  if (reason === "compromised") shortenGrace(transaction, operator, pairKeyId, grace, now, random);
  return moved.ok ? (moved.moved ? "moved" : "already") : "left";
}

export const pairKeys = (database: Transaction): Answer<"pairKeys"> => ({ newest: newestPairKey(database), uses: pairKeyUses(database) });
