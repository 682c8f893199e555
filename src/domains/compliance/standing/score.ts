import { type Band, BANDS, type Finding, type Score } from "./model.ts";

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/**
 * The score of findings: what has data, by its weight. What has none counts neither for nor against, and where it is too much of the
 * whole there is no score.
 */
export function scoreOf(findings: readonly Finding[], leastPart: number): Score {
  const known = findings.filter(({ value }) => value !== null);
  const [weight, all] = [sum(known.map((one) => one.weight)), sum(findings.map((one) => one.weight))];
  const part = all === 0 ? 0 : weight / all;
  if (weight === 0 || part < leastPart) return { score: null, band: null, part };
  const score = roundedDown((100 * sum(known.map((one) => one.weight * one.value!))) / weight);
  return { score, band: bandOf(score), part };
}

/** To one decimal. What arithmetic lost of a whole tenth in its last bits is given back. */
const roundedDown = (score: number): number => Math.floor(score * 10 + 1e-9) / 10;

export const bandOf = (score: number): Band => (Object.keys(BANDS) as Band[]).find((band) => score >= BANDS[band])!;
