import type { Result } from "../../../kernel/result.ts";
import type { Entered, SessionRefusal, Stage } from "../sessions/model.ts";
import type { Visitor } from "../sessions/visitor.ts";
import type { FactorsOverview, Shown, TotpSetup, Way } from "./model.ts";

/** Something typed that lets its holder go on. */
export interface Showing {
  visitor: Visitor;
  way: Shown;
  text: string;
}

/**
 * Why what was shown does not do. `factor-wrong`: it is not right, or was used before. `factor-locked`: there were too many
 * wrong ones; `minutes` is how long to wait.
 */
export type ShowingRefusal = { refusal: "factor-wrong" } | { refusal: "factor-locked"; minutes: number };

type Codes = { codes: string[] };
type Answer<T, Refusal = never> = Promise<Result<T, SessionRefusal | Refusal>>;

/**
 * What the portal may ask of origin about somebody's second factors. Each verb reaches the account of the visitor's session
 * and no other. Every refusal leaves all as it was, but that a try is counted.
 */
export interface FactorsRpc {
  /** What the holder may show now: to sign in, or to prove again that it is them. */
  ways(visitor: Visitor): Answer<{ stage: Stage; ways: Way[] }>;
  overview(visitor: Visitor): Answer<{ overview: FactorsOverview }>;
  /** Begins to set an app up; what was begun in the last 10 minutes is shown again. Takes a fresh proof of whoever has something to prove it with. */
  startTotp(visitor: Visitor): Answer<{ setup: TotpSetup }>;
  /**
   * Makes what was begun count, in the place of the app before it, and gives new recovery codes, which nobody is shown
   * again. The session goes on in a new one. `totp-not-begun`: nothing was, or too long ago.
   */
  confirmTotp(request: { visitor: Visitor; code: string }): Answer<Codes & { entered: Entered }, ShowingRefusal | { refusal: "totp-not-begun" }>;
  /** `factor-needed`: the holder's role demands a second factor, and this is the last one. Repeatable. */
  removeTotp(visitor: Visitor): Answer<object, { refusal: "factor-needed" }>;
  /** New codes in the place of all before. `no-second-factor`: there is none that they could stand in for. */
  newRecoveryCodes(visitor: Visitor): Answer<Codes, { refusal: "no-second-factor" }>;
  /** Goes on from a first factor to being signed in. `signed-in`: nothing was due. */
  secondFactor(showing: Showing): Answer<{ entered: Entered }, ShowingRefusal | { refusal: "signed-in" }>;
  /** Step-up: for the next 5 minutes the session may do what is dangerous. */
  prove(showing: Showing): Answer<object, ShowingRefusal>;
}
