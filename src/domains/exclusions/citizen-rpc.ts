import type { Kind } from "../../bst/kinds.ts";
import type { Result } from "../../kernel/result.ts";
import type { Locale } from "../../i18n/locales.ts";
import type { ShownText } from "../../i18n/texts.ts";
import type { CodeRefusal, ProofRefusal } from "../authentication/rpc.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { PersonRefusal } from "../users/citizen-rpc.ts";
import type { HistoryEvent, HistoryStep, Receipt } from "./model.ts";
import type { ChosenPolicy } from "./policies.ts";

/** An identity document as typed: its kind and what the person wrote, and who they say they are. */
export interface TypedDocument {
  kind: Exclude<Kind, "msisdn">;
  value: string;
  /** Empty, or not said at all by the portal of the release before. */
  name?: string;
  dateOfBirth?: string;
}

/** Why one's exclusion goes on, as `EndingRefusal` has it; `code-too-old`: for this a code must be of the last 5 minutes. */
export type EndingCitizenRefusal = { field: null } & (
  | { refusal: "code-too-old" | "nothing-to-end" | "ends-by-itself" | "not-theirs-to-end" | "being-annulled" | "nothing-asked" }
  | { refusal: "minimum-runs" | "waiting"; from: Instant }
  | { refusal: "review-needed"; from: Instant | null }
);

/**
 * Why the citizen's verbs refuse. The page turns each into words beside its field; `minutes` is how long to wait.
 */
export type CitizenRefusal =
  | { refusal: "phone-invalid" | "phone-landline" | "phone-foreign"; field: "phone" }
  | { refusal: "document-invalid"; field: "document" }
  | PersonRefusal
  | { refusal: "policy-unknown"; field: "policy" }
  | CodeRefusal
  | ProofRefusal
  | { refusal: "grant-invalid"; field: null }
  | { refusal: "nothing-to-extend" | "reference-unknown"; field: null }
  | EndingCitizenRefusal
  | { refusal: "form-reused"; field: null };

export type CitizenResult<T> = Result<T, CitizenRefusal>;

/** One act on one's own exclusion. */
export interface OwnAct {
  grant: string;
  formId: string;
  reference: string;
}

/** The receipts of an exclusion's steps, and one of them as a file that anybody verifies. */
export interface CitizenProof {
  /** Oldest first; each by the id of its entry in the audit log. */
  steps: { entry: string; at: Instant; event: HistoryEvent }[];
  /** Whose file it is; null when none has a proof. */
  entry: string | null;
  /** A `tlog-proof@v1`; null until the log has the entry, which takes a moment. */
  file: string | null;
}

/** What the portal may ask of origin for a citizen. The portal's word is no proof: a code or a grant is. */
export interface CitizenRpc {
  /**
   * Checks what was typed and sends a code to the phone. The same form again within the code's life sends nothing
   * unless `again`. `address` is the caller's, for send limits only.
   */
  sendCode(request: {
    formId: string;
    phone: string;
    document: TypedDocument | null;
    locale: Locale;
    address: string;
    again: boolean;
  }): Promise<CitizenResult<{ phone: string }>>;
  /** Excludes the person. Repeatable by `formId`: a second submit answers the same receipt. */
  register(request: {
    formId: string;
    policy: ChosenPolicy;
    phone: string;
    document: TypedDocument | null;
    code: string;
    locale: Locale;
    /** What the pages showed to be agreed to. */
    shown: ShownText[];
    /** A county's code, for statistics; empty, or not said at all by the portal of the release before. */
    county?: string;
  }): Promise<CitizenResult<{ grant: string; receipt: Receipt }>>;
  /**
   * Excludes the grant's holder for 24 hours, with nothing else asked. Repeatable by `formId`. The grant answered, as old as the one
   * that was sent, takes its place; null where that one goes on.
   */
  stop(request: { grant: string; formId: string; locale: Locale; shown: ShownText[] }): Promise<CitizenResult<{ grant: string | null; receipt: Receipt }>>;
  /** Trades a proven code for a grant to look at one's own exclusions for 15 minutes. */
  enter(request: { formId: string; phone: string; code: string }): Promise<CitizenResult<{ grant: string }>>;
  /** Every exclusion of the grant's holder, newest first, read from Register itself, and the phone with most digits masked. */
  exclusions(grant: string): Promise<CitizenResult<{ phone: string; receipts: Receipt[] }>>;
  /** One of these, and what happened to it, oldest first. */
  receipt(request: { grant: string; reference: string }): Promise<CitizenResult<{ receipt: Receipt; history: HistoryStep[] }>>;
  /** The proof of one of its steps, named by its entry, or of its beginning; an entry of another exclusion is `reference-unknown`. Throws when the log is away. */
  proof(request: { grant: string; reference: string; entry: string | null }): Promise<CitizenResult<CitizenProof>>;
  /** Whose signatures a receipt is verified by, for everybody: a C2SP tlog-policy. */
  logPolicy(): Promise<string>;
  /** Lengthens the exclusion in force; never shortens. Repeatable by `formId`. */
  extend(request: { grant: string; formId: string; policy: ChosenPolicy }): Promise<CitizenResult<{ receipt: Receipt }>>;
  /** The first act of ending one's exclusion; needs a fresh code. Nothing changes yet. Repeatable by `formId`. */
  askToEnd(request: OwnAct): Promise<CitizenResult<{ receipt: Receipt }>>;
  /** The second act, days later; needs a fresh code. Out of force when this answers. Repeatable by `formId`. */
  confirmEnding(request: OwnAct): Promise<CitizenResult<{ receipt: Receipt }>>;
  /** Thinks better of it. Repeatable by `formId`. */
  keep(request: OwnAct): Promise<CitizenResult<{ receipt: Receipt }>>;
}
