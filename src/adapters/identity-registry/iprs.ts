import { type Clock, SECOND } from "../../kernel/clock.ts";
import { namesAgree } from "../../kernel/names.ts";
import { canonicalize } from "../../bst/canonical.ts";
import type { ClaimField, IdentityClaim, IdentityRegistry, Verification } from "./port.ts";
import { Answer, LOOKUP_PATH, type PersonRecord, questionOf } from "./wire.ts";

export interface RegistryAccount {
  /** Without the path; empty where no registry can be asked. */
  url: string;
  key: string;
}

const DEADLINE = 6 * SECOND;

type Finding = Omit<Verification, "at">;

const UNAVAILABLE: Finding = { verdict: "unavailable", reference: null, differing: [] };

/**
 * A register of persons in the manner of Kenya's IPRS, asked over HTTP with JSON: one document in, its record out, compared
 * here. The real one's interface is not public and is UNVERIFIED: whatever it turns out to be is written in wire.ts alone.
 */
export function iprs({ url, key }: RegistryAccount, fetch: typeof globalThis.fetch, clock: Clock, deadline = DEADLINE): IdentityRegistry {
  async function find(claim: IdentityClaim): Promise<Finding> {
    if (url === "") return UNAVAILABLE;
    const response = await fetch(`${url}${LOOKUP_PATH}`, {
      method: "POST",
      headers: { "authorization": `Bearer ${key}`, "content-type": "application/json", "accept": "application/json" },
      body: JSON.stringify(questionOf(claim)),
      signal: AbortSignal.timeout(deadline),
    });
    return response.ok ? judge(claim, await response.json()) : UNAVAILABLE;
  }

  return { verify: async (claim) => ({ ...(await find(claim).catch(() => UNAVAILABLE)), at: clock() }) };
}

/** An answer nobody can read, or about another document, says nothing of the person. */
function judge(claim: IdentityClaim, body: unknown): Finding {
  const answer = Answer.safeParse(body);
  if (!answer.success) return UNAVAILABLE;
  const reference = answer.data.request_id ?? null;
  if (!answer.data.found) return { verdict: "mismatch", reference, differing: ["number"] };
  const { person } = answer.data;
  if (!isOf(claim, person)) return UNAVAILABLE;
  const differing = differences(claim, person);
  return { verdict: differing.length === 0 ? "verified" : "mismatch", reference, differing };
}

function isOf(claim: IdentityClaim, { document_type, document_number }: PersonRecord): boolean {
  const number = canonicalize(claim.kind, document_number);
  return document_type === questionOf(claim).document_type && number.ok && number.identifier.value === claim.number;
}

function differences({ name, dateOfBirth }: IdentityClaim, { first_name, other_names, surname, date_of_birth }: PersonRecord): ClaimField[] {
  const recorded = [first_name, other_names, surname].filter(Boolean).join(" ");
  const differing: ClaimField[] = [];
  if (!namesAgree(name, recorded)) differing.push("name");
  if (date_of_birth.slice(0, 10) !== dateOfBirth) differing.push("dateOfBirth");
  return differing;
}
