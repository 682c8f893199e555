import type { Result } from "../../kernel/result.ts";
import type { CitizenRefusal, TypedDocument } from "../exclusions/citizen-rpc.ts";

/** What becomes of a claim to a phone; `kept` says no more, because it must not tell whose the phone was. */
export type ClaimOutcome =
  | { outcome: "released" | "nothing-to-release" | "kept" }
  /** The registry does not know the document with this name and date of birth; the same form can be corrected. */
  | { outcome: "mismatch" }
  /** An officer decides; the phone gets an SMS. */
  | { outcome: "officer"; reference: string };

/** Why a claim cannot be read: everything of it is needed. */
export type ClaimRefusal =
  | CitizenRefusal
  | { refusal: "document-missing"; field: "document" }
  | { refusal: "name-missing"; field: "name" }
  | { refusal: "birth-missing"; field: "dateOfBirth" };

export interface ClaimRequest {
  formId: string;
  phone: string;
  document: TypedDocument | null;
  code: string;
  locale: string;
}

/** What the portal may ask for somebody whose number was somebody else's before. A code proves the phone. */
export interface PhoneClaimRpc {
  /** Releases the phone from its last holder's exclusion, or says why not. Repeatable by `formId`. */
  claim(request: ClaimRequest): Promise<Result<ClaimOutcome, ClaimRefusal>>;
}
