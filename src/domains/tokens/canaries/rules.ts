import type { CanonicalIdentifier, Kind } from "../../../bst/kinds.ts";
import type { Random } from "../../../kernel/clock.ts";

/**
 * Where identifiers are drawn from that nobody is known to have been given: what stands before the digits, and how many there
 * are. Who hunts where people's numbers lie is caught by a value that the regulator chooses there.
 */
const RANGES: Record<Kind, { prefix: string; digits: number }> = {
  msisdn: { prefix: "+25419", digits: 7 },
  national_id: { prefix: "98", digits: 7 },
  passport: { prefix: "ZX", digits: 7 },
  alien_id: { prefix: "99", digits: 7 },
  refugee_id: { prefix: "99", digits: 7 },
  military_id: { prefix: "99", digits: 7 },
};

/** An identifier of the kind's range, in its canonical writing. */
export function drawCanary(kind: Kind, random: Random): CanonicalIdentifier {
  const { prefix, digits } = RANGES[kind];
  // 256 is no multiple of ten: which digit comes a little more often is nobody's secret.
  return { kind, value: prefix + Array.from(random(digits), (byte) => byte % 10).join("") };
}
