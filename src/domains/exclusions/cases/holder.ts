import type { Pseudonym } from "../../../bst/kinds.ts";
import type { Visit } from "../../authentication/index.ts";
import type { CaseResult } from "./cases-rpc.ts";
import type { CitizenCaseParts } from "./parts.ts";
import { isRecent } from "./rules.ts";
import type { Part } from "./store.ts";

/** Whoever proved a phone, whether or not anything else is known of it. */
export interface Holder {
  phone: Pseudonym;
  /** The phone as cases are found by it. */
  key: string;
  personId: string | null;
  visit: Visit;
}

/**
 * Whose grant it is; `fresh` for all that says or changes something. Refuses when in doubt: a phone that is somebody else's by now speaks
 * for nobody, and a visit that was ended is over.
 */
export async function holderOf(
  { grants, register, person, keys, clock }: CitizenCaseParts, text: string, fresh: "fresh" | null = null,
): Promise<CaseResult<{ holder: Holder }>> {
  const grant = await grants.read(text);
  if (!grant) return { ok: false, refusal: "grant-invalid", field: null };
  const { phone, personId, visit } = grant;
  if (fresh && !isRecent(visit.provenAt, clock())) return { ok: false, refusal: "proof-too-old", field: null };
  const isOver = (await register.holderOf(phone)) !== personId || (personId !== null && (await person(personId).hasEnded(visit)));
  return isOver ? { ok: false, refusal: "grant-invalid", field: null } : { ok: true, holder: { phone, key: keys.phone(phone), personId, visit } };
}

/** Whether a part in a case is the holder's: by this phone, unless it was another person's then; and what they asked for themself by any of theirs. */
export const isTheirs = ({ party, found }: Part, { key, personId }: Pick<Holder, "key" | "personId">): boolean =>
  found.personId === null ? party.phoneKey === key : found.personId === personId;
