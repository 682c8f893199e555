import type { Instant } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";

/** Why no code went out; `minutes` is how long to wait. */
export type CodeRefusal = { refusal: "too-many-codes"; field: "phone"; minutes: number } | { refusal: "sms-failed"; field: "phone" };

/** Why a code does not prove its phone. */
export type ProofRefusal = { refusal: "code-wrong"; field: "code"; triesLeft: number } | { refusal: "code-expired" | "code-used-up"; field: "code" };

/** One phone's one-time codes; the object is named by the phone's pseudonym in hexadecimal. */
export interface ChallengeApi {
  /**
   * Makes a code for a form, or says that the form's last one still stands (`code` null) unless `again`.
   * Refuses beyond the phone's send limits; `retryAt` says when to try again.
   */
  issue(request: { formId: string; again: boolean }): Promise<
    Result<{ code: string | null }, { refusal: "too-many-codes"; retryAt: Instant }>
  >;
  /** The code could not be sent: it is void and does not count against the limits. */
  withdraw(request: { formId: string }): Promise<void>;
  /** Spends a try. Once right, the same form and code stay right while the code lives, so that a form can be repeated. */
  verify(request: { formId: string; code: string }): Promise<
    Result<object, { refusal: "code-wrong"; triesLeft: number } | { refusal: "code-expired" | "code-used-up" }>
  >;
  /** Takes a try of the form's code for a question that an answer could be guessed by; false when none is left, and then it must not be asked. */
  spend(request: { formId: string }): Promise<boolean>;
}
