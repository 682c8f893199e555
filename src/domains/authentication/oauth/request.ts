import type { Result } from "../../../kernel/result.ts";
import type { AuthorizationError, Client, Scope } from "./model.ts";
import { isChallenge, leadsBack, readScopes } from "./rules.ts";

/** What a client asks for by sending somebody (RFC 6749 §4.1.1, RFC 7636 §4.3). */
export interface Authorization {
  scopes: Scope[];
  challenge: string;
}

/** Visible ASCII and spaces (RFC 6749 appendix A.5). */
const STATE = /^[\x20-\x7e]{1,512}$/;

/** A parameter that stands there once; null otherwise (RFC 6749 §3.1). */
const only = (query: URLSearchParams, name: string): string | null => (query.getAll(name).length === 1 ? query.get(name) : null);

export const clientIdIn = (query: URLSearchParams): string | null => only(query, "client_id");

/** Where a request leads; null unless the client may be led back to exactly there. It must always say where. */
export function redirectIn(query: URLSearchParams, client: Client): string | null {
  const asked = only(query, "redirect_uri");
  return asked !== null && leadsBack(client, asked) ? asked : null;
}

export function stateIn(query: URLSearchParams): string | null {
  const state = only(query, "state");
  return state !== null && STATE.test(state) ? state : null;
}

/** Reads the rest of a request whose client and redirect are known, so that the client can be told what is wrong. */
export function readAuthorization(query: URLSearchParams, client: Client): Result<{ asked: Authorization }, { error: AuthorizationError }> {
  const refuse = (error: AuthorizationError) => ({ ok: false as const, error });
  const names = [...query.keys()];
  if (names.length !== new Set(names).size || (query.has("state") && stateIn(query) === null)) return refuse("invalid_request");
  if (!query.has("response_type") || (query.get("response_mode") ?? "query") !== "query") return refuse("invalid_request");
  if (query.get("response_type") !== "code") return refuse("unsupported_response_type");
  if (!client.grants.includes("authorization_code")) return refuse("unauthorized_client");
  const challenge = query.get("code_challenge");
  if (query.get("code_challenge_method") !== "S256" || !isChallenge(challenge)) return refuse("invalid_request");
  const scopes = readScopes(query.get("scope"), client.scopes);
  return scopes ? { ok: true, asked: { scopes, challenge } } : refuse("invalid_scope");
}
