import type { Allowance, EpochRow, KeyRow } from "../../check/directory.ts";
import { type Instant, SECOND } from "../../kernel/clock.ts";
import { nairobiDay } from "../../kernel/periods.ts";
import type { Result } from "../../kernel/result.ts";

/** A token's text has room for so many epochs and generations. */
export const NUMBERS = 32;

/** How an epoch is left: the pairwise key and the root of the next one, and until when the tokens before it are read. */
interface Move {
  /** The same as before when none is said. */
  pairKeyId: string | undefined;
  rootEpoch: number;
  /** Not after `now` retires them at once. */
  until: Instant;
  /** Whether that holds of the epochs whose grace was given before as well. */
  shortens: boolean;
}

/** What becomes of an operator's epochs when a new one begins; refused while a token could mean two of them. */
export function rotation(
  epochs: readonly EpochRow[], { pairKeyId, rootEpoch, until, shortens }: Move, now: Instant,
): Result<{ past: EpochRow[]; current: EpochRow }, { refusal: "epochs-exhausted" }> {
  const old = epochs.find(({ state }) => state === "current");
  if (!old) throw new Error("an operator has no current epoch");
  const epoch = Math.max(...epochs.map((row) => row.epoch)) + 1;
  const past = [leftEpoch(old, until, now), ...(shortens ? shortened(epochs, until, now) : [])];
  const sameNumber = [...past, ...epochs].find((row) => row.epoch === epoch - NUMBERS);
  if (sameNumber && sameNumber.state !== "retired") return { ok: false, refusal: "epochs-exhausted" };
  return { ok: true, past, current: { ...old, epoch, pairKeyId: pairKeyId ?? old.pairKeyId, rootEpoch, state: "current", until: null } };
}

/** The epochs that are read longer than until then, read no longer than that. */
export const shortened = (epochs: readonly EpochRow[], until: Instant, now: Instant): EpochRow[] =>
  epochs.filter((row) => row.state === "grace" && row.until! > until).map((row) => leftEpoch(row, until, now));

const leftEpoch = (epoch: EpochRow, until: Instant, now: Instant): EpochRow => ({ ...epoch, state: until > now ? "grace" : "retired", until });

/** Whether a key is good for anything at `now`. */
export const isInForce = ({ state, expiresAt }: Pick<KeyRow, "state" | "expiresAt">, now: Instant): boolean =>
  state === "active" && (expiresAt === null || now < expiresAt);

/** What becomes of a key that another takes the place of: it holds until then, never longer than it did; not after `now` revokes it. */
export function leftKey(key: KeyRow, until: Instant, now: Instant): KeyRow {
  if (until <= now) return { ...key, state: "revoked" };
  return { ...key, expiresAt: key.expiresAt === null ? until : Math.min(key.expiresAt, until) };
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
