import { isCanonical } from "../../src/bst/canonical.ts";
import { type CanonicalIdentifier, isKind } from "../../src/bst/kinds.ts";
import { advanced, type IdentityKeys, lineageOf } from "../../src/bst/pseudonym.ts";
import type { Evaluated, TokenizerApi } from "../../src/domains/tokens/rpc.ts";

/** The most identifiers, or pseudonyms, of one call. */
const MOST_AT_ONCE = 1_000;

/** The platform's limit counts calls, so a call is charged once for each of so many begun: some 11 ms of the curve; lineages, as were evaluated. */
const PER_CHARGE = { "evaluations": 10, "advances": 10, "blind-evaluations": 8, "lineages": 10 } as const;

const PSEUDONYM_BYTES = 16;

/** Everybody shares the allowance of a verb: it is the keys that are guarded, against whoever asks. */
type Verb = keyof typeof PER_CHARGE;

export interface EvaluationPorts {
  keys: IdentityKeys;
  limiter: { limit(charge: { key: string }): Promise<{ success: boolean }> };
  /** Called when the limit refuses: somebody may be trying out phone numbers. */
  alarm(refused: { identifiers: number }): void;
}

/** More evaluations were asked for than anybody needs in a minute. Its message says so, because RPC may drop its name. */
export class EvaluationLimitExceeded extends Error {
  override readonly name = "EvaluationLimitExceeded";

  constructor() {
    super("EvaluationLimitExceeded: nothing was evaluated");
  }
}

/**
 * The lineages of the identifiers, in order. Throws a TypeError or RangeError on arguments of another shape, which it
 * does not quote, and EvaluationLimitExceeded beyond the limit; never answers for a part of them.
 */
export async function evaluate(input: unknown, ports: EvaluationPorts): Promise<Evaluated[]> {
  const identifiers = readIdentifiers(input);
  await charge("evaluations", identifiers.length, ports);
  const rootEpoch = newestRoot(ports.keys);
  return identifiers.map((identifier) => ({ rootEpoch, p: lineageOf(ports.keys, identifier) }));
}

/** Pseudonyms under one root carried on to the newer ones; throws as `evaluate` does. */
export async function advance(rootEpoch: unknown, input: unknown, ports: EvaluationPorts): ReturnType<TokenizerApi["advance"]> {
  const newest = newestRoot(ports.keys);
  if (!Number.isInteger(rootEpoch) || (rootEpoch as number) < 0 || (rootEpoch as number) > newest) throw new RangeError("there is no such root epoch");
  const ps = readPseudonyms(input);
  await charge("advances", ps.length, ports);
  return { rootEpoch: newest, newer: ps.map((p) => advanced(ports.keys, rootEpoch as number, p)) };
}

const newestRoot = ({ rootKeys }: IdentityKeys): number => rootKeys.length - 1;

export async function charge(key: Verb, count: number, { limiter, alarm }: EvaluationPorts): Promise<void> {
  const charges = Array.from({ length: Math.ceil(count / PER_CHARGE[key]) }, () => limiter.limit({ key }));
  if ((await Promise.all(charges)).every(({ success }) => success)) return;
  alarm({ identifiers: count });
  throw new EvaluationLimitExceeded();
}

const readPseudonyms = (input: unknown): Uint8Array[] => readBytes(input, PSEUDONYM_BYTES, "a pseudonym of 16 bytes");

/** A list of texts of so many bytes; throws as `evaluate` does. */
export const readBytes = (input: unknown, length: number, what: string): Uint8Array[] =>
  readList(input, (one): one is Uint8Array => one instanceof Uint8Array && one.length === length, what);

const readIdentifiers = (input: unknown): CanonicalIdentifier[] => readList(input, isIdentifier, "a canonical identifier");

function readList<One>(input: unknown, isOne: (one: unknown) => one is One, what: string): One[] {
  if (!Array.isArray(input)) throw new TypeError("a list is asked for");
  if (input.length > MOST_AT_ONCE) throw new RangeError(`at most ${MOST_AT_ONCE} at once`);
  return Array.from(input, (one, at) => {
    if (!isOne(one)) throw new TypeError(`the one at ${at} is not ${what}`);
    return one;
  });
}

function isIdentifier(input: unknown): input is CanonicalIdentifier {
  if (typeof input !== "object" || input === null) return false;
  const { kind, value } = input as Record<string, unknown>;
  return isKind(kind) && typeof value === "string" && isCanonical({ kind, value });
}
