import type { Locale } from "../../i18n/locales.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";
import type { RequestKind, RequestReason, RequestState, Subject } from "./rights/model.ts";

/** A request as the person sees it. */
export interface RequestView {
  reference: string;
  kind: RequestKind;
  subject: Subject | null;
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

/** What a person asks for. Of a kind with subjects (`SUBJECTS_OF`) one of them and a statement, of the others null and "". */
export interface RightsQuestion {
  grant: string;
  formId: string;
  kind: RequestKind;
  subject: Subject | null;
  statement: string;
  /** The page's: a correction of the language asks for this one. */
  locale: Locale;
}

export interface Asked {
  request: RequestView;
  /** Everything the register holds of the person, as JSON (`PersonExport`), where a copy was asked for. */
  document: string | null;
}

/** What the portal may ask of origin for a person about their own data. */
export interface RightsRpc {
  /** The person's requests, newest first. */
  requests(grant: string): Promise<RightsResult<{ requests: RequestView[] }>>;
  /** Takes a request of any kind, repeatable by `formId`: a copy is given, a language changed and what may be erased is at once; an officer decides the rest. */
  ask(request: RightsQuestion): Promise<RightsResult<Asked>>;
}
