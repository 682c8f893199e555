import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Keyring } from "../../../bst/keyring.ts";
import { formatToken, parseToken } from "../../../bst/text.ts";
import { Directory } from "../../../check/directory.ts";
import { TokenOpener } from "../../../check/open.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { lengthPrefixed, toHex, utf8 } from "../../../kernel/bytes.ts";
import type { Json } from "../../../kernel/canonical-json.ts";
import type { Clock, Instant, Random } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import { commit, type Committed } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import type { RegisterApi } from "../../exclusions/rpc.ts";
import type { PersonApi } from "../../users/rpc.ts";
import { type StoredLookup, updateLookup } from "./store.ts";

/** What lookups work with. Whatever of it fails throws: nothing was shown. */
export interface LookupParts {
  office: Office;
  register: Pick<RegisterApi, "epochsOf" | "excludedBy">;
  person: (personId: string) => Pick<PersonApi, "lookedUp">;
  keyring: Keyring;
  /** 32 bytes. */
  lookupKey: Uint8Array;
  clock: Clock;
  random: Random;
}

export type TokenRefusal = { refusal: "operator-unknown" | "token-invalid" | "token-retired" };

/** What a token says of whom, to who has the operator's keys: nobody is asked about. */
export async function openToken({ register, keyring }: LookupParts, operator: string, text: string) {
  const epochs = await register.epochsOf(operator);
  if (epochs.length === 0) return { ok: false, refusal: "operator-unknown" } as const;
  const opened = new TokenOpener(keyring).open(text, operator, new Directory({ epochs }));
  return opened.ok ? opened : ({ ok: false, refusal: opened.problem } as const);
}

/** What a lookup keeps of its token: the same token in either case has the same. */
export function tokenKeyOf({ lookupKey }: LookupParts, operator: string, text: string): string {
  const parsed = parseToken(text);
  return toHex(hmac(sha256, lookupKey, lengthPrefixed(...["token lookup", operator, parsed ? formatToken(parsed) : text].map(utf8))));
}

/** Takes a lookup from the version that was read on to the next, with its audit entry; of two on the same one is refused. */
export async function step(
  { office, random }: LookupParts, actor: Actor, lookup: StoredLookup, set: Partial<StoredLookup>, action: string, payload: Record<string, Json>, now: Instant,
): Promise<Result<{ lookup: StoredLookup }, Extract<Committed<object>, { ok: false }>>> {
  const audit = { action: `token-lookup.${action}`, resource: `token-lookup/${lookup.id}`, payload: { operator: lookup.operator, ...payload } };
  const done = await commit(office, { actor, rows: [updateLookup(office.primary, lookup, set, actor, now)], audit, answer: {} }, { now, random });
  return done.ok ? { ok: true, lookup: { ...lookup, ...set, version: lookup.version + 1 } } : done;
}
