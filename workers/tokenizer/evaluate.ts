import { isCanonical } from "../../src/bst/canonical.ts";
import { type CanonicalIdentifier, isKind, type Pseudonym } from "../../src/bst/kinds.ts";
import { type IdentityKeys, pseudonymOf } from "../../src/bst/pseudonym.ts";

/** The most identifiers of one call. */
const MOST_IDENTIFIERS = 1_000;

/** The platform's limit counts calls, so a call is charged once for each ten identifiers begun. */
const IDENTIFIERS_PER_CHARGE = 10;

/** Everybody shares one allowance: it is the keys that are guarded, against whoever asks. */
const CHARGE = { key: "evaluations" };

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
 * The pseudonyms of the identifiers, in order. Throws a TypeError or RangeError on arguments of another shape, which it
 * does not quote, and EvaluationLimitExceeded beyond the limit; never answers for a part of them.
 */
export async function evaluate(input: unknown, ports: EvaluationPorts): Promise<{ rootEpoch: number; p: Pseudonym }[]> {
  const identifiers = readIdentifiers(input);
  if (!(await admitted(identifiers.length, ports.limiter))) {
    ports.alarm({ identifiers: identifiers.length });
    throw new EvaluationLimitExceeded();
  }
  return identifiers.map((identifier) => pseudonymOf(ports.keys, identifier));
}

async function admitted(identifiers: number, limiter: EvaluationPorts["limiter"]): Promise<boolean> {
  const charges = Array.from({ length: Math.ceil(identifiers / IDENTIFIERS_PER_CHARGE) }, () => limiter.limit(CHARGE));
  return (await Promise.all(charges)).every(({ success }) => success);
}

function readIdentifiers(input: unknown): CanonicalIdentifier[] {
  if (!Array.isArray(input)) throw new TypeError("identifiers must be an array");
  if (input.length > MOST_IDENTIFIERS) throw new RangeError(`at most ${MOST_IDENTIFIERS} identifiers`);
  return Array.from(input, (identifier, at) => {
    if (!isIdentifier(identifier)) throw new TypeError(`identifiers[${at}] is not a canonical identifier`);
    return identifier;
  });
}

function isIdentifier(input: unknown): input is CanonicalIdentifier {
  if (typeof input !== "object" || input === null) return false;
  const { kind, value } = input as Record<string, unknown>;
  return isKind(kind) && typeof value === "string" && isCanonical({ kind, value });
}
