/** What issuing and opening a token costs in one process, one at a time, each beside a baseline of the same moment. */
import { aessiv } from "@noble/ciphers/aes.js";
import { ristretto255 } from "@noble/curves/ed25519.js";
import { canonicalize } from "../../bst/canonical.ts";
import { lineageOf } from "../../bst/pseudonym.ts";
import { p99, quartiles } from "../quartiles.ts";
import { type Ground, OPERATORS, typedIdentifier } from "./ground.ts";

/** Microseconds. */
export interface Cost {
  median: number;
  p99: number;
}

export type Costs = Record<"issue" | "multiplication" | "open" | "librarySiv", Cost>;

/** Issues and openings measured. */
export interface Samples {
  issues: number;
  openings: number;
}

const [OPERATOR] = OPERATORS;

/** What runs before it is measured, so that it is compiled. */
const WARM_UP = 200;

export function measureCosts(ground: Ground, { issues, openings }: Samples): Costs {
  const { Point } = ristretto255;
  const scalar = Point.Fn.fromBytes(ground.identity.oprfKey);
  const element = Point.BASE.multiply(12_345n);
  const issue = (n: number): string => {
    const { kind, value } = typedIdentifier(n);
    const read = canonicalize(kind, value);
    if (!read.ok) throw new Error(read.refusal);
    return ground.issue(OPERATOR, [{ kind, p: lineageOf(ground.identity, read.identifier) }])[0]!;
  };
  const token = issue(0);
  const sealed = aessiv(new Uint8Array(64).fill(1), new Uint8Array(40)).encrypt(new Uint8Array(16));
  const open = (): unknown => ground.open(OPERATOR, token);
  const librarySiv = (): unknown => aessiv(new Uint8Array(64).fill(1), new Uint8Array(40)).decrypt(sealed);
  const [issued, multiplied] = interleaved(issues, issue, () => element.multiply(scalar));
  const [opened, decrypted] = interleaved(openings, open, librarySiv);
  return { issue: issued!, multiplication: multiplied!, open: opened!, librarySiv: decrypted! };
}

/** The acts in turn, `times` each, measured one by one. */
function interleaved(times: number, ...acts: ((n: number) => unknown)[]): Cost[] {
  const took = acts.map((): number[] => []);
  for (let n = -WARM_UP; n < times; n++) {
    acts.forEach((act, at) => {
      const startedAt = performance.now();
      act(n + WARM_UP);
      if (n >= 0) took[at]!.push((performance.now() - startedAt) * 1_000);
    });
  }
  return took.map((values) => ({ median: quartiles(values, 2).median, p99: Number(p99(values).toFixed(2)) }));
}
