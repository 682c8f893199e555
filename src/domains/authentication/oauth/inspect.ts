import { byClient, end } from "./grant.ts";
import { type Caller, type OAuthParts, refused, type TokenResult } from "./parts.ts";
import { inSeconds } from "./rules.ts";
import { type FamilyRow, standingFamily } from "./store.ts";
import type { Claims } from "./tokens.ts";

/** A token of the asking client's that holds: of a family, or a program's own. */
type Held = { family: FamilyRow; claims: Claims | null } | { family: null; claims: Claims };

/** What the client's token is; null for whatever does not hold, or is another's. */
async function heldBy({ office, tokens, clock }: OAuthParts, { client }: Caller, token: string): Promise<Held | null> {
  const now = clock();
  const claims = await tokens.read(token, now);
  if (claims && claims.sid === undefined) return claims.client_id === client.id ? { family: null, claims } : null;
  const refresh = claims ? null : tokens.readRefreshToken(token);
  const id = claims?.sid ?? refresh?.familyId;
  const family = id === undefined ? null : await standingFamily(office, id, now);
  if (!family || family.clientId !== client.id || (refresh && refresh.generation !== family.generation)) return null;
  return { family, claims };
}

/** What RFC 7662 §2.2 lets say of a token. */
export type Introspection =
  | { active: false }
  | { active: true; client_id: string; sub: string; scope: string; exp: number; iat: number; iss: string; sid?: string; aud?: string; jti?: string; token_type?: "Bearer" };

/** Tells a client about a token of its own. Of anybody else's it says what it says of nonsense. */
export async function introspect(parts: OAuthParts, by: Caller, token: string): Promise<Introspection> {
  const held = await heldBy(parts, by, token);
  if (!held) return { active: false };
  const { issuer: iss, audience: aud } = parts.tokens;
  if (held.claims) return { active: true, ...held.claims, iss, aud, token_type: "Bearer" };
  const { id: sid, clientId: client_id, userId: sub, scopes, expiresAt, rotatedAt } = held.family;
  return { active: true, client_id, sub, scope: scopes.join(" "), exp: inSeconds(expiresAt), iat: inSeconds(rotatedAt), iss, sid };
}

/**
 * Ends what a token of the client's is of, and with it every token of the same grant (RFC 7009). What does not hold is
 * revoked already. A program's own token is of no grant: it ends by itself.
 */
export async function revoke(parts: OAuthParts, by: Caller, token: string): Promise<TokenResult<object>> {
  const held = await heldBy(parts, by, token);
  if (!held) return { ok: true };
  if (!held.family) return refused("unsupported_token_type");
  await end(parts, byClient(held.family.userId, by), held.family.id, "revoked");
  return { ok: true };
}
