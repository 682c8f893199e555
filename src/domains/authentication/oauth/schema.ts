import { z } from "@hono/zod-openapi";
import { CLIENT_GRANTS, SCOPES, TOKEN_ERRORS } from "./model.ts";

const scope = z.string().openapi({ description: `Of ${SCOPES.join(", ")}, between spaces.` });
const client_id = z.string().optional().openapi({ description: "Of a public client, which has no secret to authenticate with." });

export const TokenRequest = z.object({
  grant_type: z.enum(["authorization_code", "refresh_token", "client_credentials"]),
  client_id,
  code: z.string().optional(),
  redirect_uri: z.string().optional(),
  code_verifier: z.string().optional(),
  refresh_token: z.string().optional(),
  scope: scope.optional(),
}).openapi("OAuthTokenRequest");

export const TokenAnswer = z.strictObject({
  access_token: z.string().openapi({ description: "A JWT (RFC 9068) for this API." }),
  token_type: z.literal("Bearer"),
  expires_in: z.int().openapi({ description: "Seconds." }),
  scope,
  refresh_token: z.string().optional(),
}).openapi("OAuthTokens");

export const TokenQuery = z.object({ token: z.string(), token_type_hint: z.string().optional(), client_id }).openapi("OAuthTokenQuery");

export const IntrospectionAnswer = z.strictObject({
  active: z.boolean(),
  client_id: z.string().optional(),
  sub: z.string().optional(),
  scope: scope.optional(),
  sid: z.string().optional().openapi({ description: "The grant it is of." }),
  iss: z.string().optional(),
  aud: z.string().optional(),
  jti: z.string().optional(),
  iat: z.int().optional(),
  exp: z.int().optional(),
  token_type: z.literal("Bearer").optional(),
}).openapi("OAuthIntrospection");

export const ErrorAnswer = z.strictObject({ error: z.enum([...TOKEN_ERRORS, "temporarily_unavailable"]) })
  .openapi("OAuthError", { description: "RFC 6749 §5.2. It goes with the routes of OAuth in the place of a problem." });

const names = z.array(z.string());

export const MetadataAnswer = z.strictObject({
  issuer: z.url(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  revocation_endpoint: z.url(),
  introspection_endpoint: z.url(),
  jwks_uri: z.url(),
  scopes_supported: names,
  response_types_supported: names,
  response_modes_supported: names,
  grant_types_supported: names,
  code_challenge_methods_supported: names,
  token_endpoint_auth_methods_supported: names,
  revocation_endpoint_auth_methods_supported: names,
  introspection_endpoint_auth_methods_supported: names,
  authorization_response_iss_parameter_supported: z.literal(true),
  service_documentation: z.url(),
}).openapi("OAuthMetadata");

/** What the server says of itself (RFC 8414 §2, RFC 9207 §3). */
export const metadataOf = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/oauth/authorize`,
  token_endpoint: `${issuer}/v1/oauth/token`,
  revocation_endpoint: `${issuer}/v1/oauth/revoke`,
  introspection_endpoint: `${issuer}/v1/oauth/introspect`,
  jwks_uri: `${issuer}/v1/oauth/jwks`,
  scopes_supported: [...SCOPES],
  response_types_supported: ["code"],
  response_modes_supported: ["query"],
  grant_types_supported: [...CLIENT_GRANTS, "refresh_token"],
  code_challenge_methods_supported: ["S256"],
  token_endpoint_auth_methods_supported: ["client_secret_basic", "none"],
  revocation_endpoint_auth_methods_supported: ["client_secret_basic", "none"],
  introspection_endpoint_auth_methods_supported: ["client_secret_basic"],
  authorization_response_iss_parameter_supported: true as const,
  service_documentation: `${issuer}/docs`,
});

export const JwksAnswer = z.strictObject({
  keys: z.array(z.strictObject({
    kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string(), kid: z.string(), use: z.literal("sig"), alg: z.literal("EdDSA"),
  })),
}).openapi("OAuthJwks");
