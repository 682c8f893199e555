import type { Keyring } from "../../bst/keyring.ts";
import type { Kind, Pseudonym } from "../../bst/kinds.ts";
import { type Lineage, underRoot } from "../../bst/lineage.ts";
import { formatToken } from "../../bst/text.ts";
import type { EpochRow } from "../../check/directory.ts";
import { Generations, type GenerationRow } from "../../check/generations.ts";

/** What an operator's new tokens are sealed in, and whose are beyond its generation 0. */
export interface Sealing {
  epoch: EpochRow;
  generations: GenerationRow[];
}

/** An identifier as it is known here: its kind and what the tokenizer made of it. */
export interface Known {
  kind: Kind;
  p: Lineage;
}

/**
 * The operator's own tokens for these, in their order. Throws when a lineage does not reach the root of the operator's
 * epoch: a token sealed with another would find nobody.
 */
export function sealTokens(keyring: Keyring, { epoch, generations: rows }: Sealing, known: readonly Known[]): { type: Kind; token: string }[] {
  const generations = new Generations();
  rows.forEach((row) => generations.put(row));
  return known.map(({ kind, p: lineage }) => {
    const p = underRoot(lineage, epoch.rootEpoch);
    if (!p) throw new Error("The tokenizer does not hold the root of the operator's epoch");
    return { type: kind, token: tokenOf(keyring, epoch, kind, generations.least(epoch, p), p) };
  });
}

/** A token's text. Throws when this Worker has no such pair key. */
export function tokenOf(keyring: Keyring, { operator, epoch, pairKeyId }: EpochRow, kind: Kind, generation: number, p: Pseudonym): string {
  const body = keyring.sealer(pairKeyId, { operator, epoch, kind, generation }).seal(p);
  return formatToken({ kind, epoch, generation, body });
}
