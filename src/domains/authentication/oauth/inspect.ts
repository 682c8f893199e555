import { byClient, end } from "./grant.ts";
import { type Caller, type OAuthParts, refused, type TokenResult } from "./parts.ts";
import { inSeconds } from "./rules.ts";
import { type FamilyRow, standingFamily } from "./store.ts";
import type { Claims } from "./tokens.ts";

/** A token as the office finds it: an access token by what it says, a refresh token by its generation; with its family, where it is of one. */
interface Found {
  claims: Claims | null;
  generation: number | null;
  family: FamilyRow | null;
}

/** What a token of the asking client's is; null for whatever does not stand, and for anybody else's. */
async function foundFor({ office, tokens, clock }: OAuthParts, { client }: Caller, token: string): Promise<Found | null> {
  const now = clock();
  const claims = await tokens.read(token, now);
  const refresh = claims ? null : tokens.readRefreshToken(token);
  const familyId = claims?.sid ?? refresh?.familyId;
  const family = familyId === undefined ? null : await standingFamily(office, familyId, now);
  const clientId = familyId === undefined ? claims?.client_id : family?.clientId;
  return clientId === client.id ? { claims, generation: refresh?.generation ?? null, family } : null;
}

/** What is said of a token that is good (RFC 7662 §2.2). */
type Active = Omit<Claims, "jti"> & { active: true; iss: string; jti?: string; aud?: string; token_type?: "Bearer" };
export type Introspection = { active: false } | Active;

/** Tells a client about a token of its own. Of anybody else's it says what it says of nonsense. */
export async function introspect(parts: OAuthParts, by: Caller, token: string): Promise<Introspection> {
  const found = await foundFor(parts, by, token);
  const { issuer: iss, audience: aud } = parts.tokens;
  if (found?.claims) return { active: true, ...found.claims, iss, aud, token_type: "Bearer" };
  if (!found?.family || found.generation !== found.family.generation) return { active: false };
  const { id: sid, clientId: client_id, userId: sub, scopes, expiresAt, rotatedAt } = found.family;
  return { active: true, client_id, sub, scope: scopes.join(" "), exp: inSeconds(expiresAt), iat: inSeconds(rotatedAt), iss, sid };
}

/**
 * Ends the grant that a token of the client's is of, and with it every token of the same grant (RFC 7009); an earlier refresh
 * token will do. What does not stand is revoked already. A program's own token is of no grant: it ends by itself.
 */
export async function revoke(parts: OAuthParts, by: Caller, token: string): Promise<TokenResult<object>> {
  const found = await foundFor(parts, by, token);
  if (!found) return { ok: true };
  if (!found.family) return refused("unsupported_token_type");
  await end(parts, byClient(found.family.userId, by), found.family.id, "revoked");
  return { ok: true };
}
