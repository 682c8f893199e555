import type { Locale } from "../../../i18n/locales.ts";
import type { Result } from "../../../kernel/result.ts";
import type { PersonRefusal } from "../../users/citizen-rpc.ts";
import type { Assignment } from "../capabilities.ts";
import type { PasswordRefusal } from "../passwords/rules.ts";
import type { PhoneRefusal } from "../phone.ts";
import type { CodeRefusal, ProofRefusal } from "../rpc.ts";
import type { Entered, Stage } from "../sessions/model.ts";
import type { Visitor } from "../sessions/visitor.ts";

/** Who an account is to be for, as typed. */
export interface SignUpForm {
  /** Names the form, so that it makes one account however often it is sent. */
  formId: string;
  phone: string;
  name: string;
  dateOfBirth: string;
}

/** `has-account`: the phone, which is proven by then, has one already; nothing was made, and nothing changed on it. */
export type SignUpRefusal =
  | PhoneRefusal
  | PersonRefusal
  | { refusal: "name-missing"; field: "name" }
  | { refusal: "birth-missing" | "too-young"; field: "dateOfBirth" }
  | PasswordRefusal
  | { refusal: "password-breached"; field: "password" }
  | CodeRefusal
  | ProofRefusal
  | { refusal: "has-account" | "form-reused"; field: null };

/**
 * `sign-in-failed`: the same for a wrong password, an account that has none, that is suspended or deleted, a blocked browser, and a phone
 * nobody has an account with. `sign-in-locked`: too many failures on this phone, whether or not anybody has an account with it.
 */
export type SignInRefusal =
  | PhoneRefusal
  | { refusal: "sign-in-failed"; field: null }
  | { refusal: "sign-in-locked" | "too-many-tries"; field: null; minutes: number };

/** Whoever is signed in, or on the way to it. */
export interface SignedIn {
  stage: Stage;
  roles: Assignment[];
  /** With most digits masked; null where the account has none. */
  phone: string | null;
}

/** What the portal may ask of origin for somebody who comes or goes. */
export interface SignInRpc {
  /** Reads what was typed and sends a code to the phone, whether or not it has an account. The same form again sends nothing unless `again`. */
  sendCode(request: SignUpForm & { visitor: Visitor; locale: Locale; again: boolean }): Promise<Result<{ phone: string }, SignUpRefusal>>;
  /** Makes a citizen's account and signs in. Repeatable by `formId` and password. */
  signUp(request: SignUpForm & { visitor: Visitor; locale: Locale; password: string; code: string }): Promise<Result<{ entered: Entered }, SignUpRefusal>>;
  signIn(request: { visitor: Visitor; locale: Locale; phone: string; password: string }): Promise<Result<{ entered: Entered }, SignInRefusal>>;
  /** Ends the visitor's session, if there is one that stands. */
  signOut(visitor: Visitor): Promise<void>;
  /** Null for whoever has no session that stands. */
  whoAmI(visitor: Visitor): Promise<SignedIn | null>;
}
