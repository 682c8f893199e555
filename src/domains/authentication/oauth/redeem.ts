import { systemActor } from "../../../kernel/actor.ts";
import { commit } from "../../../office/commit.ts";
import { hashOf } from "../sessions/secret.ts";
import { byClient, end, tokensOf } from "./grant.ts";
import { type Caller, type Granted, type OAuthParts, refused } from "./parts.ts";
import { FAMILY_LIFE, proves } from "./rules.ts";
import { codeByHash, type CodeRow, type FamilyRow, insertFamily, useCode } from "./store.ts";

export interface Redemption {
  code: string;
  redirectUri: string;
  verifier: string;
}

/**
 * Trades a code for a family's first tokens (RFC 6749 §4.1.3, RFC 7636 §4.5). A code brought with anything that is wrong is
 * used up; one brought a second time ends what it had become, for one of the two who had it is not the client.
 */
export async function redeem(parts: OAuthParts, by: Caller, { code: text, redirectUri, verifier }: Redemption): Granted {
  const code = await codeByHash(parts.office, hashOf(text));
  const now = parts.clock();
  if (!code || code.clientId !== by.client.id) return refused("invalid_grant");
  if (code.usedAt !== null) return replayed(parts, code);
  if (now >= code.expiresAt) return refused("invalid_grant");
  if (code.redirectUri !== redirectUri || !proves(verifier, code.challenge)) return spoiled(parts, by, code);
  const { familyId: id, clientId, userId, scopes } = code;
  const times = { createdAt: now, rotatedAt: now, expiresAt: now + FAMILY_LIFE, endedAt: null };
  const family: FamilyRow = { id, clientId, userId, scopes, generation: 1, ...times, ending: null };
  const done = await commit(parts.office, {
    actor: byClient(userId, by),
    rows: [{ exactlyOne: useCode(parts.office.primary, code.hash, now) }, insertFamily(parts.office.primary, family)],
    audit: { action: "oauth-grant.begun", resource: `oauth-grant/${id}`, payload: { clientId } },
    answer: {},
  }, { now, random: parts.random });
  return done.ok ? tokensOf(parts, family) : replayed(parts, code);
}

async function replayed(parts: OAuthParts, { familyId }: CodeRow) {
  await end(parts, systemActor("oauth"), familyId, "code-replayed");
  return refused("invalid_grant");
}

async function spoiled({ office, clock, random }: OAuthParts, by: Caller, { hash, familyId, userId, clientId }: CodeRow) {
  const now = clock();
  await commit(office, {
    actor: byClient(userId, by),
    rows: [{ exactlyOne: useCode(office.primary, hash, now) }],
    audit: { action: "oauth-grant.refused", resource: `oauth-grant/${familyId}`, payload: { clientId }, outcome: "refused" },
    answer: {},
  }, { now, random });
  return refused("invalid_grant");
}
