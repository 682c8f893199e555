import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64Url, utf8 } from "../../../kernel/bytes.ts";
import { type Instant, SECOND } from "../../../kernel/clock.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { commit } from "../../../office/commit.ts";
import type { FamilyEnding, Scope } from "./model.ts";
import type { Caller, Granted, OAuthParts } from "./parts.ts";
import { ACCESS_LIFE, inSeconds } from "./rules.ts";
import { endFamily, type FamilyRow } from "./store.ts";

/** Somebody by a client of theirs: the audit names both. */
export const byClient = (userId: string, { client, origin }: Caller): Actor =>
  ({ kind: "user", id: userId, origin: { ...origin, agent: `client/${client.id}` } });

const expiresIn = (issuedAt: Instant, now: Instant): number => inSeconds(issuedAt) + ACCESS_LIFE / SECOND - inSeconds(now);

/** The tokens of a family's generation. They follow from it alone: whoever asks for the same again gets the same. */
export async function tokensOf({ tokens, clock }: OAuthParts, family: FamilyRow, scopes: readonly Scope[] = family.scopes): Granted {
  const { id: sid, userId: sub, clientId: client_id, generation, rotatedAt: issuedAt } = family;
  const scope = scopes.join(" ");
  const jti = toBase64Url(sha256(utf8(`${sid} ${generation} ${scope}`)));
  const access_token = await tokens.sign({ sub, client_id, scope, jti, sid, issuedAt });
  const refresh_token = tokens.refreshToken(sid, generation);
  return { ok: true, issued: { access_token, token_type: "Bearer", expires_in: expiresIn(issuedAt, clock()), scope, refresh_token } };
}

/** Ends a family with all of its tokens. One that is ended already, or never began, is left. */
export async function end({ office, clock, random }: OAuthParts, by: Actor, familyId: string, ending: FamilyEnding): Promise<void> {
  const now = clock();
  await commit(office, {
    actor: by,
    rows: [{ exactlyOne: endFamily(office.primary, familyId, ending, now) }],
    audit: { action: "oauth-grant.ended", resource: `oauth-grant/${familyId}`, payload: { ending } },
    answer: {},
  }, { now, random });
}
