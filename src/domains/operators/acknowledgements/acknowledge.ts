import type { Instant, Random } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import { recordAudit } from "../../../objects/audit.ts";
import { once } from "../../../objects/commands.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { ACKNOWLEDGED_STATES, type AcknowledgedState } from "./model.ts";
import type { Acknowledged, AcknowledgementBatch, AcknowledgementsApi, AcknowledgeRefusal, RefusedPart } from "./rpc.ts";
import { judgeHandled, judgeTime, owedAfter } from "./rules.ts";
import { handledThrough, putCustomer, putHandled, putSaid, receivedThrough, saidOf } from "./store.ts";
import { type Beginning, beginningOf } from "./beginning.ts";

/** What is said of somebody, as it would be kept; null of who is not excluded. */
type Fit = { of: Beginning; state: AcknowledgedState; at: Instant } | null;

interface Judged {
  fits: Fit[];
  /** How far the operator is with its events by this batch; null when it does not say. */
  through: number | null;
}

/**
 * Takes all of a batch, or nothing: with `handledThrough` an operator says that whoever it does not acknowledge is no customer of its, which would not
 * be true of those of a part that was left out. Whatever order batches come in, and however often, the same stands in the end: the earliest time of each state.
 */
export function acknowledge(
  database: ObjectDatabase, operator: string, { commandId, fingerprint, ...batch }: AcknowledgementBatch, now: Instant, random: Random,
): Awaited<ReturnType<AcknowledgementsApi["acknowledge"]>> {
  return database.transaction((transaction) =>
    once<Result<{ taken: Acknowledged }, AcknowledgeRefusal>>(transaction, { id: commandId, fingerprint }, now, () => {
      const judged = judge(transaction, batch, now);
      if (!judged.ok) return judged;
      const before = handledThrough(transaction);
      const taken = keep(transaction, judged, before, now);
      const entry = { action: "events.acknowledged", resource: `operator/${operator}`, channel: "api", commandId, actor: batch.actor, payload: { ...counted(judged.fits), ...taken } };
      if (taken.recorded > 0 || taken.handledThrough !== before) recordAudit(transaction, entry, now, random);
      return { ok: true, taken };
    }));
}

function judge(database: Transaction, batch: Pick<AcknowledgementBatch, "acknowledgements" | "handledThrough">, now: Instant): Result<Judged, AcknowledgeRefusal> {
  const parts: RefusedPart[] = [];
  const fits = batch.acknowledgements.map(({ ps, state, at }, place): Fit => {
    const of = beginningOf(database, ps);
    const judged = judgeTime(at, of?.begunAt ?? Number.NEGATIVE_INFINITY, now);
    if (!judged.ok) parts.push({ place, refusal: judged.refusal });
    return of && judged.ok ? { of, state, at: judged.at } : null;
  });
  const through = batch.handledThrough === null ? null : judgeHandled(batch.handledThrough, { through: handledThrough(database) ?? 0, received: receivedThrough(database) });
  if (through?.ok === false) parts.push({ place: null, refusal: through.refusal });
  return parts.length > 0 ? { ok: false, refusal: "refused", parts } : { ok: true, fits, through: through?.ok ? through.through : null };
}

function keep(transaction: Transaction, { fits, through }: Judged, before: number | null, now: Instant): Acknowledged {
  const kept = fits.map((fit) => fit && keepOne(transaction, fit, now));
  if (through !== null && through !== before) putHandled(transaction, { through, at: now });
  return {
    handledThrough: through ?? before,
    recorded: kept.filter((changed) => changed === true).length,
    unchanged: kept.filter((changed) => changed === false).length,
    notExcluded: [...kept.keys()].filter((place) => kept[place] === null),
  };
}

/** Whether it said anything new. */
function keepOne(transaction: Transaction, { of, state, at }: NonNullable<Fit>, saidAt: Instant): boolean {
  const said = saidOf(transaction, of.sequence);
  const earlier = said.find((one) => one.state === state);
  if (earlier && earlier.at <= at) return false;
  putCustomer(transaction, { ...of, owing: owedAfter([...said.map((one) => one.state), state]).length > 0 });
  putSaid(transaction, { sequence: of.sequence, state, at, saidAt });
  return true;
}

/** What was said of how many who are excluded; the audit names nobody. */
const counted = (fits: readonly Fit[]) =>
  ({ states: Object.fromEntries(ACKNOWLEDGED_STATES.map((state) => [state, fits.filter((fit) => fit?.state === state).length])) });
