import type { Keyring } from "../../../bst/keyring.ts";
import type { Pseudonym } from "../../../bst/kinds.ts";
import { underRoot } from "../../../bst/lineage.ts";
import { testPersonOf } from "../../../bst/test-persons.ts";
import type { Problem } from "../../../kernel/problem.ts";
import type { TokenizerApi } from "../rpc.ts";
import { tokenOf } from "../seal.ts";
import { testTokenOf } from "../sandbox/issue.ts";
import { invalidToken, type Owner, type OwnParts, type OwnToken, ownTokens, type OwnTokens, retiredToken } from "./own.ts";

export interface RenewParts {
  keyring: Keyring;
  tokenizer: Pick<TokenizerApi, "advance">;
}

/**
 * For each text the token of the operator's current epoch to keep instead, or why there is none: one that is retired is not
 * renewed. Throws when the tokenizer does not answer, or not for the root of that epoch.
 */
export async function renew(parts: RenewParts & OwnParts, { operator, key }: Owner, texts: readonly string[]): Promise<(string | Problem)[]> {
  const own = await ownTokens(parts, operator.id, key.mode);
  const opened = texts.map((text) => own.open(text));
  const renewable = opened.filter((token): token is OwnToken => token.ok && token.state !== "retired");
  const renewed = (await successors(parts, own, renewable)).values();
  return opened.map((token, at) => {
    if (!token.ok) return invalidToken(token, `/tokens/${at}`);
    return token.state === "retired" ? retiredToken(`/tokens/${at}`) : renewed.next().value!;
  });
}

/** The same persons' tokens of the current epoch, in order. A test person is the same under every root. */
export async function successors({ keyring, tokenizer }: RenewParts, own: OwnTokens, tokens: readonly OwnToken[]): Promise<string[]> {
  if (own.mode === "test") return tokens.map(({ kind, p }) => testTokenOf(keyring, own.current, kind, testPersonOf(p)!));
  const ps = await underCurrentRoot(tokenizer, own.current.rootEpoch, tokens);
  return tokens.map((token, at) => tokenOf(keyring, own.current, token.kind, own.generation(ps[at]!), ps[at]!));
}

/** Asks the tokenizer for those whose epoch has an older root, root by root. */
async function underCurrentRoot(tokenizer: RenewParts["tokenizer"], rootEpoch: number, tokens: readonly OwnToken[]): Promise<Pseudonym[]> {
  const ps = tokens.map(({ p }) => p);
  const byRoot = Map.groupBy(tokens.keys(), (at) => tokens[at]!.epoch.rootEpoch);
  for (const [root, places] of byRoot) {
    if (root === rootEpoch) continue;
    const { newer } = await tokenizer.advance(root, places.map((at) => tokens[at]!.p));
    places.forEach((at, place) => (ps[at] = reached(newer[place]!, rootEpoch - root - 1)));
  }
  return ps;
}

function reached(newer: Uint8Array, steps: number): Pseudonym {
  const p = newer.length > 0 ? underRoot(newer, steps) : null;
  if (!p) throw new Error("The tokenizer does not hold the root of the operator's epoch");
  return p;
}
