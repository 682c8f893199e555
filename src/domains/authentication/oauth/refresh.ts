import { systemActor } from "../../../kernel/actor.ts";
import { commit } from "../../../office/commit.ts";
import { byClient, end, tokensOf } from "./grant.ts";
import { type Caller, type Granted, type OAuthParts, refused } from "./parts.ts";
import { judgeRefresh, readScopes } from "./rules.ts";
import { rotateFamily, standingFamily } from "./store.ts";

/**
 * Renews a family's tokens (RFC 6749 §6, RFC 9700 §4.14). However many bring the same token at once, or again because its
 * answer was lost, there is one next generation and they all get it. One that was used before that ends the family.
 */
export async function refresh(parts: OAuthParts, by: Caller, token: string, scope: string | null): Granted {
  const { office, tokens, clock, random } = parts;
  const read = tokens.readRefreshToken(token);
  const now = clock();
  const family = read && (await standingFamily(office, read.familyId, now));
  if (!family || family.clientId !== by.client.id) return refused("invalid_grant");
  const verdict = judgeRefresh(family, read.generation, now);
  if (verdict === "reused") {
    await end(parts, systemActor("oauth"), family.id, "refresh-reused");
    return refused("invalid_grant");
  }
  const scopes = readScopes(scope, family.scopes);
  if (!scopes) return refused("invalid_scope");
  if (verdict === "repeat") return tokensOf(parts, family, scopes);
  const done = await commit(office, {
    actor: byClient(family.userId, by),
    rows: [{ exactlyOne: rotateFamily(office.primary, family, now) }],
    audit: { action: "oauth-grant.renewed", resource: `oauth-grant/${family.id}`, payload: { generation: family.generation + 1 } },
    answer: {},
  }, { now, random });
  // Another brought it at the same moment: what it means is to be judged by what stands now.
  return done.ok ? tokensOf(parts, { ...family, generation: family.generation + 1, rotatedAt: now }, scopes) : refresh(parts, by, token, scope);
}
