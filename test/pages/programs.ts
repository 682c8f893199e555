import type { AuthorizationRequest, OAuthRpc } from "../../src/domains/authentication/oauth/rpc.ts";

type Authorized = Awaited<ReturnType<OAuthRpc["authorize"]>>;

/** Origin's verbs for whom a third party's program sent, and a record of what they were asked. */
export class Programs implements OAuthRpc {
  readonly calls: (AuthorizationRequest & { allow?: boolean })[] = [];
  /** What is answered. */
  answer: Authorized = {
    ok: true,
    asked: { client: "Ripoti <b>Yetu</b>", redirectUri: "https://client.example:8443/back?x=1", scopes: ["account:read", "exclusions:read", "audit:read"] },
  };
  decided: Awaited<ReturnType<OAuthRpc["decide"]>> = { ok: true, redirect: "https://client.example:8443/back?x=1&code=c&iss=i" };

  async authorize(request: AuthorizationRequest) {
    this.calls.push(request);
    return this.answer;
  }

  async decide(request: AuthorizationRequest & { allow: boolean }) {
    this.calls.push(request);
    return this.decided;
  }
}
