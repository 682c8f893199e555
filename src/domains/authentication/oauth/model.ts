import type { Capability } from "../capabilities.ts";

/**
 * What a token of a third party's can be good for: each scope is the capability of its name. They read, and nothing that a
 * person is or said: whoever is to change something, give access or read of persons signs in and shows a factor.
 */
export const SCOPES = [
  "account:read", "operators:read", "usage:read", "exclusions:read", "audit:read", "projection:read",
] as const satisfies readonly Capability[];
export type Scope = (typeof SCOPES)[number];

/** How a client may come by tokens: for people, who then need not come back for each, or for itself. */
export const CLIENT_GRANTS = ["authorization_code", "client_credentials"] as const;
export type ClientGrant = (typeof CLIENT_GRANTS)[number];

export const CLIENT_STATES = ["active", "suspended"] as const;

/** Why a family of tokens is over before its time. */
export const FAMILY_ENDINGS = ["revoked", "refresh-reused", "code-replayed", "role-given", "password-changed", "locked"] as const;
export type FamilyEnding = (typeof FAMILY_ENDINGS)[number];

/** What the token endpoint and its neighbours refuse (RFC 6749 §5.2, RFC 7009 §2.2.1). */
export const TOKEN_ERRORS = [
  "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope", "unsupported_token_type",
] as const;
export type TokenError = (typeof TOKEN_ERRORS)[number];

/** What the authorization endpoint tells a client by its redirect (RFC 6749 §4.1.2.1). */
export type AuthorizationError = "invalid_request" | "unauthorized_client" | "access_denied" | "unsupported_response_type" | "invalid_scope";

/** What the token endpoint answers (RFC 6749 §5.1). */
export interface Issued {
  access_token: string;
  token_type: "Bearer";
  /** Seconds. */
  expires_in: number;
  scope: string;
  refresh_token?: string;
}

/** A third party's program as its requests are judged. */
export interface Client {
  id: string;
  name: string;
  /** A public one has no secret and proves itself by nothing. */
  confidential: boolean;
  redirectUris: readonly string[];
  scopes: readonly Scope[];
  grants: readonly ClientGrant[];
  /** Whose program it is; null when it is no operator's. */
  operator: string | null;
}
