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
   * Refuses beyond the phone's send limits; `retryAt` says when to try again. A `requestId` that a code went out for within
   * a day draws none: `code` is null.
   */
  issue(request: { formId: string; again: boolean; requestId?: string }): Promise<
    Result<{ code: string | null }, { refusal: "too-many-codes"; retryAt: Instant }>
  >;
  /** The code could not be sent: it is void and does not count against the limits. */
  withdraw(request: { formId: string }): Promise<void>;
  /**
   * Spends a try. Once right, the same form and code stay right while the code lives, so that a form can be repeated. A
   * `requestId`, which must follow from the code too, spends no second try when it comes again.
   */
  verify(request: { formId: string; code: string; requestId?: string }): Promise<
    Result<object, { refusal: "code-wrong"; triesLeft: number } | { refusal: "code-expired" | "code-used-up" }>
  >;
  /** Takes a try of the form's code for a question that an answer could be guessed by; false when none is left, and then it must not be asked. */
  spend(request: { formId: string }): Promise<boolean>;
}

/** What the register says to a phone that sends it messages. */
export interface RepliesApi {
  /** Whether this message is replied to: once, and within the phone's limits. */
  mayReply(request: { messageId: string }): Promise<boolean>;
}
