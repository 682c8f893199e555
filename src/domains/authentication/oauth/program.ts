import { toBase64Url } from "../../../kernel/bytes.ts";
import { SECOND } from "../../../kernel/clock.ts";
import { type Caller, type Granted, type OAuthParts, refused } from "./parts.ts";
import { ACCESS_LIFE, heldOf, readScopes, rolesOf } from "./rules.ts";

const ID_BYTES = 16;

/** An access token for an operator's program itself (RFC 6749 §4.4). Writes nothing: it asks again when it is over. */
export async function issueToProgram({ tokens, clock, random }: OAuthParts, { client }: Caller, asked: string | null): Granted {
  const scopes = readScopes(asked, heldOf(client.scopes, rolesOf(client)));
  if (!scopes) return refused("invalid_scope");
  const scope = scopes.join(" ");
  const access_token = await tokens.sign({ sub: client.id, client_id: client.id, scope, jti: toBase64Url(random(ID_BYTES)), issuedAt: clock() });
  return { ok: true, issued: { access_token, token_type: "Bearer", expires_in: ACCESS_LIFE / SECOND, scope } };
}
