import type { Result } from "../../../kernel/result.ts";
import type { Entered, SessionRefusal } from "../sessions/model.ts";
import type { Visitor } from "../sessions/visitor.ts";
import type { Assertion, Attestation, Ceremony, CreationOptions, Passkey, RequestOptions } from "./model.ts";

/**
 * Why a passkey did not do. One for everything: a challenge that is over or was used, a signature that is wrong, another
 * page's, another account's or nobody's passkey, one that was copied, an account that is suspended, a browser that is blocked.
 */
export type PasskeyRefused = { refusal: "passkey-refused" };

type Answer<T, Refusal = never> = Promise<Result<T, SessionRefusal | Refusal>>;

/**
 * What the portal may ask of origin about passkeys. But for signing in, each verb reaches the account of the visitor's
 * session and no other. Every refusal leaves all as it was.
 */
export interface PasskeysRpc {
  /** A challenge for whoever comes. */
  startSignIn(visitor: Visitor): Promise<Result<{ ceremony: Ceremony<RequestOptions> }, { refusal: "too-many-tries" }>>;
  /** Signs in by a passkey alone: with user verification it is two factors. */
  finishSignIn(request: { visitor: Visitor; assertion: Assertion }): Promise<Result<{ entered: Entered }, PasskeyRefused>>;
  /** Takes a fresh session, or one that has to make a second factor. */
  startRegistration(visitor: Visitor): Answer<{ ceremony: Ceremony<CreationOptions> }, { refusal: "too-many-passkeys" }>;
  /** `entered`: the full session that one which had to make a second factor goes on in. `passkey-known`: this passkey is there already. */
  finishRegistration(request: { visitor: Visitor; attestation: Attestation }): Answer<{ entered: Entered | null }, PasskeyRefused | { refusal: "too-many-passkeys" | "passkey-known" }>;
  /** Takes a full session, or one whose second factor is due. */
  startProof(visitor: Visitor): Answer<{ ceremony: Ceremony<RequestOptions> }, { refusal: "no-passkey" }>;
  /** A full session is fresh again for 5 minutes; `entered`: the full session that one goes on in whose second factor was due. */
  finishProof(request: { visitor: Visitor; assertion: Assertion }): Answer<{ entered: Entered | null }, PasskeyRefused>;
  /** Oldest first. */
  list(visitor: Visitor): Answer<{ passkeys: Passkey[] }>;
  /** Repeatable. */
  rename(request: { visitor: Visitor; passkeyId: string; label: string }): Answer<object, { refusal: "label-invalid" | "unknown" }>;
  /** Takes a fresh session. `factor-needed`: the holder's role demands a second factor, and this is the last one. */
  remove(request: { visitor: Visitor; passkeyId: string }): Answer<object, { refusal: "factor-needed" | "unknown" }>;
}
