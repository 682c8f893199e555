import type { Pseudonym } from "../../../bst/kinds.ts";
import { type Lineage, newestRootOf, underRoot } from "../../../bst/lineage.ts";
import { concat } from "../../../kernel/bytes.ts";
import type { ObjectDatabase } from "../../../objects/database.ts";
import type { TokenizerApi } from "../../tokens/rpc.ts";
import { type Act, areShort, bothOf, type Name, neededRoot, sealingRoot, under } from "./own.ts";

export type Advance = TokenizerApi["advance"];

/**
 * Does something to identifiers by lineages that reach the roots in use; those that do not, of sessions from before there was a newer root, are
 * carried on by the tokenizer first. Throws when it does not: the verb is not carried out. Nothing is awaited between the last look and the verb.
 */
export async function known<Answer>(
  database: ObjectDatabase, advance: Advance, lineages: readonly Lineage[], act: Act, verb: (complete: Lineage[]) => Answer,
): Promise<Answer> {
  let complete = [...lineages];
  for (let root = neededRoot(database, act); areShort(complete, root); root = neededRoot(database, act)) {
    complete = await Promise.all(complete.map((lineage) => (newestRootOf(lineage) < root ? carriedOn(advance, lineage, root) : lineage)));
  }
  return verb(complete);
}

async function carriedOn(advance: Advance, lineage: Lineage, root: number): Promise<Lineage> {
  const reached = newestRootOf(lineage);
  const { newer } = await advance(reached, [underRoot(lineage, reached)!]);
  const longer = concat(lineage, newer[0] ?? new Uint8Array(0));
  if (newestRootOf(longer) < root) throw new Error("the tokenizer does not hold the root that is in use");
  return longer;
}

/**
 * Whatever the tokens of whoever one holds may hold, of this root or a later one. Of a token of before only the tokenizer can say: throws when
 * it does not, for what is kept under the others would be missing.
 */
export async function sinceRoot(database: ObjectDatabase, advance: Advance, { rootEpoch, p }: Name): Promise<Pseudonym[]> {
  const root = sealingRoot(database);
  if (rootEpoch >= root) return bothOf(database, p);
  const { newer } = await advance(rootEpoch, [p]);
  return [p, ...Array.from({ length: root - rootEpoch }, (_, at) => under(newer[0]!, at + 1))];
}
