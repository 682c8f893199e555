import type { EpochRow } from "../../../check/directory.ts";
import type { GenerationRow } from "../../../check/generations.ts";
import type { Result } from "../../../kernel/result.ts";
import { NUMBERS } from "../rules.ts";
import type { ActOnToken, TokenStep } from "./model.ts";

/** A token's place in its person's line: the later epoch, then the higher generation, is the newer one. */
interface Place {
  epoch: number;
  generation: number;
}

export interface TokenAsked extends Place {
  operator: string;
  /** The pseudonym, in hexadecimal. */
  p: string;
  act: ActOnToken;
}

const isBefore = (one: Place, other: Place): boolean => one.epoch < other.epoch || (one.epoch === other.epoch && one.generation < other.generation);

/**
 * What an act makes of a token: the row that retires it with every older one of the person, none when it was retired before;
 * and whether there is anything to keep of it. Refused for the last generation of the current epoch, and where the token was
 * retired without another, so that none can be given.
 */
export function actOn(
  { act, operator, p, ...token }: TokenAsked, epoch: Pick<EpochRow, "state">, known: GenerationRow | null, before: readonly TokenStep[],
): Result<{ row: GenerationRow | null; kept: boolean }, { refusal: "generations-exhausted" | "token-retired" }> {
  if (epoch.state === "retired") return { ok: false, refusal: "token-retired" };
  if (known && isBefore(token, { epoch: known.epoch, generation: known.least })) return onRetired(act, token, before);
  const isLast = token.generation + 1 >= NUMBERS;
  if (isLast && epoch.state === "current") return { ok: false, refusal: "generations-exhausted" };
  const least = isLast ? { epoch: token.epoch + 1, least: 0 } : { epoch: token.epoch, least: token.generation + 1 };
  return { ok: true, kept: true, row: { operator, p, ...least } };
}

/** Of a token that was retired before there is only its compromise left to note, once; it has another unless it, or a later one, was deactivated. */
function onRetired(act: ActOnToken, token: Place, before: readonly TokenStep[]): ReturnType<typeof actOn> {
  if (act === "deactivated") return { ok: true, row: null, kept: false };
  const since = before.filter((step) => !isBefore(step, token));
  if (since.length === 0 || since.some((step) => step.act === "deactivated")) return { ok: false, refusal: "token-retired" };
  const noted = since.some((step) => step.act === "compromised" && !isBefore(token, step));
  return { ok: true, row: null, kept: act === "compromised" && !noted };
}
