import type { Scope } from "./model.ts";
import type { Visitor } from "../sessions/visitor.ts";

/** An authorization request as a client sent somebody with it: the query of its address, unread. */
export interface AuthorizationRequest {
  visitor: Visitor;
  request: string;
}

/** What somebody is asked to agree to. */
export interface ConsentAsked {
  client: string;
  /** Where the answer leads. */
  redirectUri: string;
  /** What of it they can give. */
  scopes: readonly Scope[];
}

/**
 * Why nobody is asked, and no client told. `client-unknown`: there is no such client, or it is suspended; `redirect-unfit`:
 * the request leads elsewhere than the client may be led back to. `sign-in-due`: whoever asks is to sign in first.
 */
export type AuthorizationRefusal = { refusal: "client-unknown" | "redirect-unfit" | "sign-in-due" };

/** The address at the client that the answer is brought to: a code, or an error. */
export interface Answered {
  ok: true;
  redirect: string;
}

/** What the portal may ask of origin for somebody whom a client sent. Each verb judges the request and the session anew. */
export interface OAuthRpc {
  /** What they are to be asked; the answer itself where that is settled. */
  authorize(request: AuthorizationRequest): Promise<Answered | { ok: true; asked: ConsentAsked } | ({ ok: false } & AuthorizationRefusal)>;
  /** Brings their answer to the client. */
  decide(request: AuthorizationRequest & { allow: boolean }): Promise<Answered | ({ ok: false } & AuthorizationRefusal)>;
}
