/** A third party's program before the API over a real office, and whoever it sends to agree: with a library of its own and none of our code. */
import * as oauth from "oauth4webapi";
import { authorize, decide } from "../../src/domains/authentication/oauth/authorize.ts";
import type { OAuthParts } from "../../src/domains/authentication/oauth/parts.ts";
import { beginSession } from "../../src/domains/authentication/sessions/begin.ts";
import type { Stage } from "../../src/domains/authentication/sessions/model.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import type { Office } from "../../src/office/database.ts";
import { ISSUER, TOKENS } from "./api.ts";
import { officeApi, type Somebody } from "./people.ts";

export const CALLBACK = "https://client.example/callback?from=nser";

const ORIGIN = { network: "192.0.2.0/24", agent: "Firefox", country: "KE", county: null };

/** Signs somebody in; a visitor with their cookie. */
export async function signedInAs(office: Office, userId: string, stage: Stage = "full", now = Date.now()) {
  const begun = beginSession(office.primary, random, { userId, device: null, stage, first: "password", second: null, origin: ORIGIN, from: null }, now);
  const actor = { kind: "user" as const, id: userId, origin: null };
  await commit(office, { actor, rows: begun.rows, audit: { action: "session.begun", resource: `user/${userId}`, payload: {} }, answer: {} }, { now, random });
  return { session: begun.entered.session, device: null, address: "192.0.2.1", origin: ORIGIN };
}

export type Visiting = Awaited<ReturnType<typeof signedInAs>>;

export interface Registration {
  name?: string;
  confidential?: boolean;
  grants?: string[];
  scopes?: string[];
  redirectUris?: string[];
  operator?: string | null;
}

/** The API, and clients before it. Its clock stands still but for `pass`. */
export async function oauthServer(office: Office) {
  let now = Date.now();
  const clock = () => now;
  const parts: OAuthParts = { office, tokens: TOKENS, clock, random };
  const { api, call } = await officeApi(office, { parts: { oauth: parts, clock } });
  const fetcher = { [oauth.customFetch]: (url: string, init: RequestInit) => api.request(url.slice(ISSUER.length), init) } as never;

  async function register(by: Somebody, described: Registration = {}) {
    const json = {
      name: "Ripoti <b>Yetu</b>", confidential: true, grants: ["authorization_code"], scopes: ["account:read", "usage:read"], redirectUris: [CALLBACK], operator: null, ...described,
    };
    const { response, body } = await call("POST", "/v1/oauth/clients", { headers: by.headers(), json });
    if (response.status !== 201) throw new Error(JSON.stringify(body));
    return clientOf(body.clientId, body.secret, json.redirectUris[0] ?? "");
  }

  /** A client as its library sees it. */
  function clientOf(clientId: string, secret: string | null, redirectUri: string) {
    const client: oauth.Client = { client_id: clientId };
    const auth = secret === null ? oauth.None() : oauth.ClientSecretBasic(secret);

    const begin = async (params: Record<string, string> = {}) => {
      const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()];
      const query = new URLSearchParams({
        response_type: "code", client_id: clientId, redirect_uri: redirectUri, state,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256", ...params,
      });
      return { verifier, state, request: String(query) };
    };
    /** Sends somebody, who agrees; the address they come back to. */
    const send = async (visitor: Visiting, params: Record<string, string> = {}, allow = true) => {
      const begun = await begin(params);
      const answer = await decide(parts, { visitor, request: begun.request, allow });
      if (!answer.ok) throw new Error(answer.refusal);
      return { ...begun, back: new URL(answer.redirect) };
    };
    const as = async () => oauth.processDiscoveryResponse(new URL(ISSUER), await oauth.discoveryRequest(new URL(ISSUER), { ...(fetcher as object), algorithm: "oauth2" }));
    const redeem = async ({ verifier, state, back }: Awaited<ReturnType<typeof send>>) => {
      const server = await as();
      const params = oauth.validateAuthResponse(server, client, back, state);
      const response = await oauth.authorizationCodeGrantRequest(server, client, auth, params, redirectUri, verifier, fetcher);
      return oauth.processAuthorizationCodeResponse(server, client, response);
    };
    const refresh = async (token: string, scope?: string) => {
      const additional = scope === undefined ? {} : { additionalParameters: { scope } };
      return oauth.processRefreshTokenResponse(await as(), client, await oauth.refreshTokenGrantRequest(await as(), client, auth, token, { ...(fetcher as object), ...additional }));
    };
    const basic = { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}` };
    /** A form as anybody could send it. */
    const post = (endpoint: string, form: Record<string, string>, headers: Record<string, string> = secret === null ? {} : basic) =>
      call("POST", `/v1/oauth/${endpoint}`, { headers: { "content-type": "application/x-www-form-urlencoded", ...headers }, body: String(new URLSearchParams(form)) });
    return { clientId, secret, redirectUri, client, auth, as, begin, send, redeem, refresh, post };
  }

  return {
    parts, api, call, register, clientOf, pass: (ms: number) => void (now += ms),
    signIn: (userId: string, stage?: Stage) => signedInAs(office, userId, stage, now),
    authorize: (request: unknown) => authorize(parts, request),
  };
}

export type Server = Awaited<ReturnType<typeof oauthServer>>;
