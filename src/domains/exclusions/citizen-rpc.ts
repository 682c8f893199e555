import type { Kind } from "../../bst/kinds.ts";
import type { Result } from "../../kernel/result.ts";
import type { Locale } from "../../i18n/locales.ts";
import type { ShownText } from "../../i18n/texts.ts";
import type { CodeRefusal, ProofRefusal } from "../authentication/rpc.ts";
import type { PersonRefusal } from "../users/citizen-rpc.ts";
import type { Receipt } from "./model.ts";
import type { ChosenPolicy } from "./policies.ts";

/** An identity document as typed: its kind and what the person wrote, and who they say they are. */
export interface TypedDocument {
  kind: Exclude<Kind, "msisdn">;
  value: string;
  /** Empty, or not said at all by the portal of the release before. */
  name?: string;
  dateOfBirth?: string;
}

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
  | { refusal: "nothing-to-extend"; field: null }
  | { refusal: "form-reused"; field: null };

export type CitizenResult<T> = Result<T, CitizenRefusal>;

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
  }): Promise<CitizenResult<{ grant: string; receipt: Receipt }>>;
  /** Trades a proven code for a grant to look at one's own exclusions for 15 minutes. */
  enter(request: { formId: string; phone: string; code: string }): Promise<CitizenResult<{ grant: string }>>;
  /** Every exclusion of the grant's holder, newest first, read from Register itself, and the phone with most digits masked. */
  exclusions(grant: string): Promise<CitizenResult<{ phone: string; receipts: Receipt[] }>>;
  /** Lengthens the exclusion in force; never shortens. Repeatable by `formId`. */
  extend(request: { grant: string; formId: string; policy: ChosenPolicy }): Promise<CitizenResult<{ receipt: Receipt }>>;
}
