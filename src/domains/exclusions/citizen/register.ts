import type { Pseudonym } from "../../../bst/kinds.ts";
import { maskPhone } from "../../../kernel/mask.ts";
import { proofRefused } from "../../authentication/index.ts";
import { sealIdentity } from "../../users/index.ts";
import type { CitizenRefusal, CitizenResult, CitizenRpc } from "../citizen-rpc.ts";
import type { Receipt, RegisterResult, StatedIdentifier } from "../model.ts";
import { Extension, read, readIdentity, Registration, type Stated, Stop } from "./input.ts";
import { type CitizenParts, GRANT_INVALID, holderOfGrant, pseudonymsOf } from "./parts.ts";

type Refused = { ok: false } & CitizenRefusal;

/** Excludes the person: proves the phone, seals the identity, and only then commits. In force when this answers. */
export async function register(
  parts: CitizenParts, unread: unknown,
): Promise<CitizenResult<{ grant: string; receipt: Receipt }>> {
  const form = read(Registration, unread);
  if (!form.ok) return form;
  const { formId, policy, code, locale, shown, county } = form.request;
  const stated = readIdentity(form.request.phone, form.request.document, parts.clock());
  if (!stated.ok) return stated;

  const [phone, document] = await pseudonymsOf(parts.tokenizer, stated);
  const refused = await proofRefused(parts, phone, formId, code);
  if (refused) return refused;
  const said = { document: stated.document, name: stated.name, dateOfBirth: stated.dateOfBirth };
  const box = sealIdentity(parts.envelope, formId, { ...said, phone: stated.phone.value, locale, accepted: shown });
  const identifiers = identifiersOf(stated, phone, document);
  const result = await parts.register.register({ commandId: formId, policy, channel: "web", county, identifiers, box });
  if (!result.ok) return refusalOf(result);
  parts.outboxFilled();
  const number = stated.phone.value;
  const grant = await parts.grants.issue({ phone, number, maskedPhone: maskPhone(number), personId: result.personId });
  return { ok: true, grant, receipt: result.receipt };
}

/**
 * Excludes the grant's holder for the shortest time there is. A grant that does not name the number sends to where a code is asked for;
 * one of when the phone was nobody's stops also after the first of two taps made it somebody's, and is followed by another.
 */
export async function stop(parts: CitizenParts, unread: unknown): ReturnType<CitizenRpc["stop"]> {
  const form = read(Stop, unread);
  if (!form.ok) return form;
  const { formId, locale, shown } = form.request;
  const grant = await parts.grants.read(form.request.grant);
  if (grant?.number === undefined) return GRANT_INVALID;
  const { phone, number, maskedPhone, personId: known, visit } = grant;
  if (known !== null && (await parts.register.holderOf(phone)) !== known) return GRANT_INVALID;
  const box = sealIdentity(parts.envelope, formId, { document: null, name: null, dateOfBirth: null, phone: number, locale, accepted: shown });
  const identifiers: [StatedIdentifier] = [{ p: phone, kind: "msisdn", evidence: "code" }];
  const result = await parts.register.register({ commandId: formId, policy: "24h", channel: "web", identifiers, box });
  if (!result.ok) return refusalOf(result);
  parts.outboxFilled();
  const { personId, receipt } = result;
  return { ok: true, receipt, grant: known === null ? await parts.grants.issue({ phone, number, maskedPhone, personId }, visit.provenAt) : null };
}

/** Lengthens what is in force for the grant's holder. */
export async function extend(parts: CitizenParts, unread: unknown): Promise<CitizenResult<{ receipt: Receipt }>> {
  const form = read(Extension, unread);
  if (!form.ok) return form;
  const { formId, policy } = form.request;
  const held = await holderOfGrant(parts, form.request.grant);
  if (!held.ok) return held;
  const result = await parts.register.extend({ commandId: formId, policy, channel: "web", phone: held.grant.phone });
  if (!result.ok) return refusalOf(result);
  parts.outboxFilled();
  return { ok: true, receipt: result.receipt };
}

function identifiersOf(
  { document }: Stated, phone: Pseudonym, documentP: Pseudonym | undefined,
): [StatedIdentifier, ...StatedIdentifier[]] {
  const proven: StatedIdentifier = { p: phone, kind: "msisdn", evidence: "code" };
  return document && documentP ? [proven, { p: documentP, kind: document.kind, evidence: "typed" }] : [proven];
}

const refusalOf = ({ refusal }: Extract<RegisterResult, { ok: false }>): Refused =>
  ({ ok: false, refusal: refusal === "command-reused" ? "form-reused" : refusal, field: null });
