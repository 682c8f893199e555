import type { Pseudonym } from "../bst/kinds.ts";

/** The 16 bytes as a text of 8 characters, which a Map finds fastest. */
export function keyOf(p: Pseudonym): string {
  const unit = (at: number): number => p[at]! | (p[at + 1]! << 8);
  return String.fromCharCode(unit(0), unit(2), unit(4), unit(6), unit(8), unit(10), unit(12), unit(14));
}
