import type { Locale } from "../../../i18n/locales.ts";
import type { Result } from "../../../kernel/result.ts";
import type { PhoneRefusal } from "../phone.ts";
import type { CodeRefusal, ProofRefusal } from "../rpc.ts";
import type { SessionRefusal } from "../sessions/model.ts";
import type { Visitor } from "../sessions/visitor.ts";
import type { PasswordRefusal } from "./rules.ts";

/** A form that asks for a code to a phone. */
export interface CodeRequest {
  visitor: Visitor;
  /** Names the form the code will be right for. */
  formId: string;
  /** As typed. */
  phone: string;
  locale: Locale;
  /** Another code, although one stands. */
  again: boolean;
}

/** A form that brings the code back. */
export interface Proof {
  visitor: Visitor;
  formId: string;
  phone: string;
  code: string;
  locale: Locale;
}

/** Why somebody who has an account to themself is sent elsewhere first. */
export type DueRefusal = SessionRefusal & { field: null };

/** `link-over`: it is none of ours, was used, is too old, or its account is closed. */
export type LinkRefusal = { refusal: "link-over"; field: "link" };

export type NewPasswordRefusal = PasswordRefusal | { refusal: "password-breached"; field: "password" };

/** `phone-taken`: another account has it. Nobody is told but who proved the phone, and nothing of that account changes. */
export type TakenRefusal = { refusal: "phone-taken"; field: "phone" };

/** `changed-meanwhile`: nothing was done, because something else was done to the account at the same moment. */
export type MeanwhileRefusal = { refusal: "changed-meanwhile"; field: null };

/** `form-reused`: the request has a shape that no form of ours sends. */
export type ShapeRefusal = { refusal: "form-reused"; field: null };

/** `activation-due`: the holder's role demands a second factor and there is none, so that a phone alone is not enough. */
export type ResetRefusal = PhoneRefusal | ProofRefusal | ShapeRefusal | { refusal: "activation-due"; field: null };

export type CurrentRefusal = { refusal: "password-wrong"; field: "current" } | { refusal: "password-locked"; field: "current"; minutes: number };

/** Everything that may be refused of these forms. */
export type PasswordsRefusal =
  | ResetRefusal | CodeRefusal | DueRefusal | LinkRefusal | NewPasswordRefusal | TakenRefusal | MeanwhileRefusal | CurrentRefusal;

type Answer<T, Refusal> = Promise<Result<T, Refusal | ShapeRefusal>>;
type Sent = { phone: string };

/**
 * What the portal may ask of origin about passwords beyond signing in, and about the phone an account is signed in with.
 * No verb signs anybody in.
 */
export interface PasswordsRpc {
  /** Sends a code to the phone if somebody has an account with it; the answer, and the work before it, is the same if nobody has. */
  startReset(request: CodeRequest): Answer<Sent, PhoneRefusal | CodeRefusal>;
  /** Trades the code for a one-time link. Of a phone without an account every code is wrong. */
  finishReset(proof: Proof): Answer<{ link: string }, ResetRefusal>;
  /** Uses the link: the password is set, and everybody who was in is out. */
  setPassword(request: { visitor: Visitor; link: string; password: string; locale: Locale }): Answer<
    object, LinkRefusal | NewPasswordRefusal | MeanwhileRefusal
  >;
  /** Sends a code to the phone of whoever holds an activation. */
  startActivation(request: CodeRequest & { link: string }): Answer<Sent, LinkRefusal | PhoneRefusal | CodeRefusal>;
  /** Uses the activation: the account has this phone and this password. */
  activate(request: Proof & { link: string; password: string }): Answer<
    object, LinkRefusal | PhoneRefusal | ProofRefusal | TakenRefusal | NewPasswordRefusal | MeanwhileRefusal
  >;
  /** The phone of whoever is signed in and showed a factor lately, with most digits masked; null where they have none. */
  ownPhone(visitor: Visitor): Promise<Result<{ phone: string | null }, DueRefusal>>;
  changePassword(request: { visitor: Visitor; current: string; password: string; locale: Locale }): Answer<
    object, DueRefusal | CurrentRefusal | NewPasswordRefusal | MeanwhileRefusal
  >;
  /** Sends a code to the number that somebody signed in wants instead. */
  startPhoneChange(request: CodeRequest): Answer<Sent, DueRefusal | PhoneRefusal | CodeRefusal>;
  changePhone(proof: Proof): Answer<object, DueRefusal | PhoneRefusal | ProofRefusal | TakenRefusal | MeanwhileRefusal>;
}
