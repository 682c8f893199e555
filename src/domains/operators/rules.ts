import type { Allowance, EpochRow } from "../../check/directory.ts";
import type { GenerationRow } from "../../check/generations.ts";
import { type Instant, SECOND } from "../../kernel/clock.ts";
import { nairobiDay } from "../../kernel/periods.ts";
import type { Result } from "../../kernel/result.ts";

/** A token's text has room for so many epochs and generations. */
const NUMBERS = 32;

/** What becomes of an operator's epochs when a new one begins; refused while a token could mean two of them. */
export function rotation(
  epochs: readonly EpochRow[],
  pairKeyId: string | undefined,
  rootEpoch: number,
  until: Instant,
): Result<{ grace: EpochRow; current: EpochRow }, { refusal: "epochs-exhausted" }> {
  const old = epochs.find(({ state }) => state === "current");
  if (!old) throw new Error("an operator has no current epoch");
  const epoch = Math.max(...epochs.map((row) => row.epoch)) + 1;
  const sameNumber = epochs.find((row) => row.epoch === epoch - NUMBERS);
  if (sameNumber && sameNumber.state !== "retired") return { ok: false, refusal: "epochs-exhausted" };
  return {
    ok: true,
    grace: { ...old, state: "grace", until },
    current: { ...old, epoch, pairKeyId: pairKeyId ?? old.pairKeyId, rootEpoch, state: "current", until: null },
  };
}

type Sealed = Pick<GenerationRow, "operator" | "p" | "epoch"> & { generation: number };

/** The row that retires a token; null when the one there is does already. Refused for an epoch's last generation. */
export function retirement(
  known: GenerationRow | null,
  { operator, p, epoch, generation }: Sealed,
): Result<{ row: GenerationRow | null }, { refusal: "generations-exhausted" }> {
  if (known && (epoch < known.epoch || (epoch === known.epoch && generation < known.least))) return { ok: true, row: null };
  if (generation + 1 >= NUMBERS) return { ok: false, refusal: "generations-exhausted" };
  return { ok: true, row: { operator, p, epoch, least: generation + 1 } };
}

/** Below this part of the day's checks a key keeps its own pace. */
const THROTTLED_FROM = 0.9;

/**
 * The pace a key keeps until its day ends in Nairobi: its own below nine tenths of the day's checks, then one at which
 * the rest lasts, and none when nothing is left. The pace in between is a power of two, so that it changes seldom.
 */
export function allowanceFor(
  { keyId, perSecond, perDay }: { keyId: string; perSecond: number; perDay: number },
  used: number,
  now: Instant,
): Allowance {
  const until = nairobiDay(now).endsAt;
  if (used >= perDay) return { keyId, perSecond: 0, until };
  const lasting = 2 ** Math.floor(Math.log2(((perDay - used) * SECOND) / (until - now)));
  return { keyId, perSecond: used < perDay * THROTTLED_FROM ? perSecond : Math.min(perSecond, lasting), until };
}

/** Whether an allowance says something else than what is in force. */
export function isNews(allowance: Allowance, standing: Allowance | null, perSecond: number, now: Instant): boolean {
  const inForce = standing && now < standing.until ? standing.perSecond : perSecond;
  return allowance.perSecond !== inForce;
}
