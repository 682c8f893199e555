import type { OpenAPIHono, RouteConfig, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type ApiEnv, createRouter, KILOBYTE } from "../../../api/kit.ts";
import { answerProblem, asProblem, available } from "../../../api/problem.ts";
import { problems } from "../../../api/problem-responses.ts";
import { originOf } from "../../../api/request-origin.ts";
import { clientOf } from "./client.ts";
import { introspect, revoke } from "./inspect.ts";
import type { TokenError } from "./model.ts";
import type { Caller, Granted, OAuthParts, TokenResult } from "./parts.ts";
import { issueToProgram } from "./program.ts";
import { redeem } from "./redeem.ts";
import { refresh } from "./refresh.ts";
import { ErrorAnswer, IntrospectionAnswer, JwksAnswer, MetadataAnswer, metadataOf, TokenAnswer, TokenQuery, TokenRequest } from "./schema.ts";

export interface OAuthRouteParts {
  oauth: OAuthParts;
}

/** Thrown where OAuth says what an error looks like (RFC 6749 §5.2). */
class OAuthError extends Error {
  readonly code: TokenError;

  constructor(code: TokenError) {
    super(code);
    this.code = code;
  }
}

const FORM = "application/x-www-form-urlencoded";
const UNAVAILABLE = 503;
const CHALLENGE = { "www-authenticate": 'Basic realm="nser oauth"' };

/** An error as OAuth's clients read it; what stops a request before it is looked at stays a problem. */
function answerError(error: Error, c: Context): Response {
  if (error instanceof OAuthError) {
    const isClient = error.code === "invalid_client";
    return c.json({ error: error.code }, isClient ? 401 : 400, { pragma: "no-cache", ...(isClient && CHALLENGE) });
  }
  const problem = asProblem(error);
  if (problem.problem.status !== UNAVAILABLE) return answerProblem(c, problem);
  return c.json({ error: "temporarily_unavailable" }, UNAVAILABLE, problem.headers);
}

const json = (description: string, schema: z.ZodType) => ({ description, content: { "application/json": { schema } } });
const header = (type: "string" | "integer") => ({ required: true, schema: { type } });

const errors = {
  400: json("Refused", ErrorAnswer),
  401: { ...json("The client is not known, or not proven", ErrorAnswer), headers: { "WWW-Authenticate": header("string") } },
  503: { ...json("Nothing was granted; try again", ErrorAnswer), headers: { "Retry-After": header("integer") } },
};

/** One of the routes that a client authenticates itself to, with a form. */
const posted = (path: string, summary: string, description: string, form: z.ZodType, answer: RouteConfig["responses"][string]): RouteConfig => ({
  method: "post",
  path,
  summary,
  description: `${description} Errors are OAuth's (RFC 6749 §5.2), but for what stops a request before it is looked at.`,
  security: [{ oauthClient: [] }],
  request: { body: { required: true, content: { [FORM]: { schema: form } } } },
  responses: { 200: answer, ...problems(), ...errors },
});

const DESCRIBED: readonly RouteConfig[] = [
  posted(
    "/v1/oauth/token", "Get tokens", "For a code with its PKCE verifier, for a refresh token, or for an operator's own program.",
    TokenRequest, json("The tokens", TokenAnswer),
  ),
  posted("/v1/oauth/revoke", "Give tokens up", "Ends the whole grant (RFC 7009).", TokenQuery, { description: "It holds no longer" }),
  posted("/v1/oauth/introspect", "Ask about a token", "A confidential client, of its own (RFC 7662).", TokenQuery, json("What it is", IntrospectionAnswer)),
  {
    method: "get", path: "/.well-known/oauth-authorization-server", summary: "Where what of OAuth is", description: "RFC 8414.",
    responses: { 200: json("The metadata", MetadataAnswer), ...problems() },
  },
  {
    method: "get", path: "/v1/oauth/jwks", summary: "The keys that access tokens are signed with", description: "RFC 7517.",
    responses: { 200: json("The public keys", JwksAnswer), ...problems() },
  },
];

const withinLimit = bodyLimit({
  maxSize: 8 * KILOBYTE,
  onError: () => {
    throw new OAuthError("invalid_request");
  },
});

/** The form, each parameter once and none of them empty (RFC 6749 §3.2). */
async function formOf({ req }: Context): Promise<URLSearchParams> {
  const text = await req.text();
  const type = req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  const form = new URLSearchParams(text);
  const given = [...form].filter(([, value]) => value !== "");
  if ((text !== "" && type !== FORM) || new Set(form.keys()).size !== [...form.keys()].length) throw new OAuthError("invalid_request");
  return new URLSearchParams(given);
}

/** What a request cannot do without. */
function given(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (value === null) throw new OAuthError("invalid_request");
  return value;
}

function answered<T>(result: TokenResult<T>): T {
  if (!result.ok) throw new OAuthError(result.error);
  return result;
}

type Granting = (parts: OAuthParts, by: Caller, form: URLSearchParams) => Granted;

const GRANTING: Record<string, Granting> = {
  authorization_code: (parts, by, form) =>
    redeem(parts, by, { code: given(form, "code"), redirectUri: given(form, "redirect_uri"), verifier: given(form, "code_verifier") }),
  refresh_token: (parts, by, form) => refresh(parts, by, given(form, "refresh_token"), form.get("scope")),
  client_credentials: (parts, by, form) => issueToProgram(parts, by, form.get("scope")),
};

/** What a client must be registered for: whoever came by a code may renew what came of it. */
const grantOf = (type: string): string => (type === "refresh_token" ? "authorization_code" : type);

const inCache = "public, max-age=300";

/** OAuth 2.1 for third parties. */
export function oauthRoutes({ oauth }: OAuthRouteParts): OpenAPIHono<ApiEnv> {
  const router = createRouter();
  for (const route of DESCRIBED) router.openAPIRegistry.registerPath(route);
  router.onError(answerError);

  /** The form, and the client that it is from, counted as what it turned out to be. */
  const callOf = async (c: Context<ApiEnv>): Promise<{ by: Caller; form: URLSearchParams }> => {
    const form = await formOf(c);
    const origin = originOf(c.req.raw, c.var.requestId);
    const { client } = answered(await available(clientOf(oauth, c.req.header("authorization") ?? null, form, origin)));
    if (client.confidential) await c.var.admit("operator", client.id);
    return { by: { client, origin }, form };
  };

  router.post("/v1/oauth/token", withinLimit, async (c) => {
    const { by, form } = await callOf(c);
    const type = given(form, "grant_type");
    const granting = Object.hasOwn(GRANTING, type) ? GRANTING[type] : undefined;
    if (!granting) throw new OAuthError("unsupported_grant_type");
    if (!by.client.grants.some((grant) => grant === grantOf(type))) throw new OAuthError("unauthorized_client");
    return c.json(answered(await available(granting(oauth, by, form))).issued, 200, { pragma: "no-cache" });
  });
  router.post("/v1/oauth/revoke", withinLimit, async (c) => {
    const { by, form } = await callOf(c);
    answered(await available(revoke(oauth, by, given(form, "token"))));
    return c.body(null, 200);
  });
  router.post("/v1/oauth/introspect", withinLimit, async (c) => {
    const { by, form } = await callOf(c);
    if (!by.client.confidential) throw new OAuthError("invalid_client");
    return c.json(await available(introspect(oauth, by, given(form, "token"))), 200, { pragma: "no-cache" });
  });
  router.get("/.well-known/oauth-authorization-server", (c) => c.json(metadataOf(oauth.tokens.issuer), 200, { "cache-control": inCache }));
  router.get("/v1/oauth/jwks", (c) => c.json(oauth.tokens.jwks, 200, { "cache-control": inCache }));
  return router;
}
