import type { IdentityClaim, Verdict } from "../../../adapters/identity-registry/port.ts";
import type { CanonicalIdentifier } from "../../../bst/kinds.ts";
import { namesAgree } from "../../../kernel/names.ts";
import type { Result } from "../../../kernel/result.ts";
import type { ReleaseRefusal } from "../../exclusions/identifiers-rpc.ts";
import type { ClaimConcern, ClaimState } from "./model.ts";

/** Who somebody said they are. */
export interface KnownPerson {
  documents: readonly CanonicalIdentifier[];
  name: string | null;
  dateOfBirth: string | null;
}

/** Whether a claim seems to be of a person who is known: by a document of theirs, or by name and date of birth. */
export function isSamePerson(known: KnownPerson, claim: IdentityClaim): boolean {
  if (known.documents.some(({ kind, value }) => kind === claim.kind && value === claim.number)) return true;
  return known.name !== null && known.dateOfBirth === claim.dateOfBirth && namesAgree(known.name, claim.name);
}

/**
 * What the registry's word about a claimant leads to. While it says nothing nobody learns whether the claim resembles the
 * phone's holder: who asks may be guessing who that is.
 */
export function judgeClaimant(verdict: Verdict, resembles: boolean): "release" | "mismatch" | "kept" | ClaimConcern {
  if (verdict === "mismatch") return "mismatch";
  if (verdict === "unavailable") return "registry-unavailable";
  return resembles ? "kept" : "release";
}

/** What Register's refusal to release leads to. */
export const AFTER_REFUSAL = {
  "nothing-to-release": "nothing-to-release",
  "own-document": "kept",
  "no-document": "no-document",
  "proven-lately": "proven-lately",
} as const satisfies Record<ReleaseRefusal["refusal"], string>;

export type ClaimStep = "release" | "refuse";
export type ClaimDecisionRefusal = { refusal: "decided-already" | "same-person" };

/** Whether an officer's step is possible: nobody sheds their own phone, by no officer either. */
export function judgeClaimStep(claim: { state: ClaimState; resembles: boolean }, step: ClaimStep): Result<{ state: ClaimState }, ClaimDecisionRefusal> {
  if (claim.state !== "open") return { ok: false, refusal: "decided-already" };
  if (step === "refuse") return { ok: true, state: "refused" };
  return claim.resembles ? { ok: false, refusal: "same-person" } : { ok: true, state: "released" };
}
