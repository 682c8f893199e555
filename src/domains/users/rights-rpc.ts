import type { Locale } from "../../i18n/locales.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";
import type { RequestKind, RequestReason, RequestState, Subject } from "./rights/model.ts";

/** A request as the person sees it. */
export interface RequestView {
  reference: string;
  kind: RequestKind;
  state: RequestState;
  receivedAt: Instant;
  dueAt: Instant;
  decidedAt: Instant | null;
  /** Why it was refused, or what stays although it was answered. */
  reasons: RequestReason[];
  completeAt: Instant | null;
}

/** Why the verbs refuse. `proof-too-old`: the code was proven more than 5 minutes ago. `nothing-held`: the register knows nothing of this phone. */
export type RightsRefusal = {
  refusal: "grant-invalid" | "proof-too-old" | "nothing-held" | "subject-unknown" | "statement-missing" | "form-reused";
};
export type RightsResult<T> = Result<T, RightsRefusal>;

/** What the portal may ask of origin for a person about their own data. Each is repeatable by `formId`. */
export interface RightsRpc {
  /** The person's requests, newest first. */
  requests(grant: string): Promise<RightsResult<{ requests: RequestView[] }>>;
  /** Everything the register holds of the person, as JSON (`PersonExport`). */
  export(request: { grant: string; formId: string }): Promise<RightsResult<{ reference: string; document: string }>>;
  /** Says what is wrong: a language is changed at once, anything else goes to an officer. */
  rectify(request: { grant: string; formId: string; subject: Subject; statement: string; locale: Locale }): Promise<RightsResult<{ request: RequestView }>>;
  /** Erases what may be erased now, and says what stays and why. */
  erase(request: { grant: string; formId: string }): Promise<RightsResult<{ request: RequestView }>>;
}
