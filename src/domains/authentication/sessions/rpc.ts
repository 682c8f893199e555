import type { RequestOrigin } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Role } from "../capabilities.ts";
import type { Method, Risk, SignInOutcome } from "../sign-in/model.ts";
import type { SessionRefusal, Stage } from "./model.ts";
import type { Visitor } from "./visitor.ts";

/** With what and from where, as coarse as it is kept; null where nobody said. */
export type Whence = Omit<RequestOrigin, "network" | "requestId">;

/** An account as its holder sees it. */
export interface AccountView {
  /** In clear; null once erased. */
  name: string | null;
  /** With most of it masked; null where there is none. */
  phone: string | null;
  email: string | null;
  /** `operator` is its name. */
  roles: { role: Role; operator: string | null }[];
  phoneProvenAt: Instant | null;
  passwordChangedAt: Instant | null;
  factors: { totp: boolean; passkeys: number; recoveryCodes: number };
}

/** A session that stands. */
export interface SessionView extends Whence {
  id: string;
  isThis: boolean;
  stage: Stage;
  createdAt: Instant;
  seenAt: Instant;
}

/** A browser the account was signed in with. */
export interface DeviceView extends Whence {
  id: string;
  isThis: boolean;
  isTrusted: boolean;
  isBlocked: boolean;
  firstSeenAt: Instant;
  lastSeenAt: Instant;
  signIns: number;
}

/** A try to sign in. */
export interface SignInView extends Whence {
  at: Instant;
  method: Method;
  outcome: SignInOutcome;
  reasons: Risk[];
}

/** Something the holder did, by its action in the audit log. */
export interface Deed extends Whence {
  at: Instant;
  action: string;
}

/** A page of a list, newest first; `next` asks for the one after it, null after the last. */
export interface Listed<Row> {
  rows: Row[];
  next: string | null;
}

/** Something of one's own; another's is `unknown`, as what is not there. */
export interface OneOf {
  visitor: Visitor;
  id: string;
}

interface Turning {
  visitor: Visitor;
  /** The `next` of the page before; null, and whatever is none, begins. */
  after: string | null;
}

/**
 * Why a device stays as it is. `this-device`: nobody shuts out the one they sit at. `device-blocked`: what is blocked is not trusted.
 * `changed-meanwhile`: it was changed elsewhere at the same time.
 */
export type DeviceRefusal = { refusal: "unknown" | "this-device" | "device-blocked" | "changed-meanwhile" };

/** Why an account opens no vault: its phone was never proven by its holder, or is another's by now. */
export type GrantRefusal = { refusal: "phone-unproven" | "phone-elsewhere" };

type Answer<T, Refusal = never> = Promise<Result<T, SessionRefusal | Refusal>>;

/** What the portal may ask of origin for somebody who is signed in: each verb reaches the account of the visitor's session and no other. */
export interface SessionsRpc {
  account(visitor: Visitor): Answer<{ account: AccountView }>;
  /** Newest first, at most 100. */
  list(visitor: Visitor): Answer<{ sessions: SessionView[] }>;
  /** Ends a session at once. Again it changes nothing. */
  end(request: OneOf): Answer<object, { refusal: "unknown" }>;
  /** Ends every session but this one. */
  endOthers(visitor: Visitor): Answer<object>;
  /** Ends every session, this one too. */
  endAll(visitor: Visitor): Answer<object>;
  /** Last seen first, at most 100. */
  devices(visitor: Visitor): Answer<{ devices: DeviceView[] }>;
  /** Strangers' wrong passwords do not lock its holder out there. Takes a fresh proof, as taking it back does. */
  trust(request: OneOf): Answer<object, DeviceRefusal>;
  distrust(request: OneOf): Answer<object, DeviceRefusal>;
  /** It signs nobody in, and its sessions are over. */
  block(request: OneOf): Answer<object, DeviceRefusal>;
  /** Takes a fresh proof. */
  unblock(request: OneOf): Answer<object, DeviceRefusal>;
  /** Its sessions are over, and it is a new one when it comes back. Takes a fresh proof: a block is forgotten with it. */
  forget(request: OneOf): Answer<object, DeviceRefusal>;
  history(request: Turning): Answer<Listed<SignInView>>;
  activity(request: Turning): Answer<Listed<Deed>>;
  /** For the vault of the account's phone, as fresh as the session's last factor. Nobody keeps it: it is asked for anew each time. */
  grant(visitor: Visitor): Answer<{ grant: string }, GrantRefusal>;
  /** The account's phone was proven anew, by the code this grant was given for; `unknown` where it is another phone's, or was given for no code. */
  phoneProven(request: { visitor: Visitor; grant: string }): Answer<object, { refusal: "unknown" | "changed-meanwhile" }>;
}
