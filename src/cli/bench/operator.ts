/** The benchmarks' one operator: its key, its directory and its tokens, for a world that no office made. */
import { Keyring } from "../../bst/keyring.ts";
import type { Pseudonym } from "../../bst/kinds.ts";
import { parsePairKeys } from "../../bst/seal.ts";
import { formatToken } from "../../bst/text.ts";
import { type DirectoryRows, readKey } from "../../check/directory.ts";
import { DEFAULT_TERMS } from "../../check/terms.ts";

export const OPERATOR = "bench00001";
const API_KEY = `sk_live_${OPERATOR}_${"0".repeat(32)}`;
export const AUTHORIZATION = `Bearer ${API_KEY}`;
export const HEADERS = { "authorization": AUTHORIZATION, "content-type": "application/json" };

export const DIRECTORY: DirectoryRows = {
  operators: [{ id: OPERATOR, state: "active", requiredKinds: [] }],
  keys: [{ id: "key", hash: readKey(AUTHORIZATION)!.hash, operator: OPERATOR, state: "active", ...DEFAULT_TERMS, perSecond: Number.MAX_SAFE_INTEGER }],
  generations: [],
  allowances: [],
  epochs: [{ operator: OPERATOR, epoch: 0, pairKeyId: "1", rootEpoch: 0, state: "current", until: null }],
};

/** Seals pseudonyms into the operator's tokens, under pair keys as the edge is given them. */
export function tokens(pairKeys: string, operator = OPERATOR): (p: Pseudonym) => string {
  const sealer = new Keyring(parsePairKeys(pairKeys)).sealer("1", { operator, epoch: 0, kind: "msisdn", generation: 0 });
  return (p) => formatToken({ kind: "msisdn", epoch: 0, generation: 0, body: sealer.seal(p) });
}

export const bodyOf = (token: string): string => JSON.stringify({ token, purpose: "login" });
