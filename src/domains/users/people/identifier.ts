import { canonicalize } from "../../../bst/canonical.ts";
import { isUuid, readReference, REFERENCES } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";

/** What names exactly one account. */
export type Identifier = { by: "phone"; phone: string } | { by: "email"; email: string } | { by: "id"; id: string };

/** `reference-of-person`: of an exclusion or a request, which are a person's and lead to no account. */
export type IdentifierRefusal = { refusal: "identifier-missing" | "identifier-unreadable" | "reference-of-person" };

/** An account as the audit log and the columns of who did something name it. */
const NAMED = /^user[:/](?=.)/i;

/** More than any address has. */
const LONGEST = 254;
const EMAIL = /^[^\s@]+@[^\s@]+$/u;

const refused = (refusal: IdentifierRefusal["refusal"]) => ({ ok: false, refusal }) as const;

/** Reads a phone in any writing, an e-mail address, an account's id, or that as a reference: `user/0192…`. Nothing shorter names anybody. */
export function readIdentifier(text: string): Result<{ identifier: Identifier }, IdentifierRefusal> {
  const typed = text.trim();
  if (typed === "") return refused("identifier-missing");
  if (typed.length > LONGEST) return refused("identifier-unreadable");
  const id = typed.replace(NAMED, "").toLowerCase();
  if (isUuid(id)) return { ok: true, identifier: { by: "id", id } };
  if (Object.values(REFERENCES).some((prefix) => readReference(prefix, typed) !== null)) return refused("reference-of-person");
  if (EMAIL.test(typed)) return { ok: true, identifier: { by: "email", email: typed } };
  const phone = canonicalize("msisdn", typed);
  return phone.ok ? { ok: true, identifier: { by: "phone", phone: phone.identifier.value } } : refused("identifier-unreadable");
}
