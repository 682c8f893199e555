import { canonicalize } from "../../../bst/canonical.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { readReference, REFERENCES } from "../../../kernel/ids.ts";
import type { Receipt } from "../model.ts";
import { isInForce } from "../rules.ts";
import type { CaseResult, Request } from "./cases-rpc.ts";
import { type Filing, isSame, pseudonymOf } from "./file.ts";
import type { Holder } from "./holder.ts";
import { readDisputed, readName, readPastDay, readStatement, readSubject, readUntil } from "./input.ts";
import type { CitizenCaseParts } from "./parts.ts";
import { isOperator } from "./store.ts";

type What = Pick<Filing, "kind" | "subject" | "subjectKey" | "grounds" | "columns"> & Partial<Pick<Filing["requester"], "name" | "relation" | "document" | "dateOfBirth" | "about">>;
type Read<Kind extends Request["kind"]> = (
  parts: CitizenCaseParts, request: Extract<Request, { kind: Kind }>, holder: Holder, now: Instant,
) => Promise<CaseResult<{ what: What }>>;

const about = (kind: Request["kind"], { key }: Holder, columns: Filing["columns"]): { ok: true; what: What } =>
  ({ ok: true, what: { kind, subject: null, subjectKey: key, grounds: [], columns } });

/** The exclusion of this reference, if it is the holder's own and in force. */
async function ownExclusion({ register }: CitizenCaseParts, written: string, { phone }: Holder): Promise<CaseResult<{ receipt: Receipt }>> {
  const reference = readReference(REFERENCES.exclusion, written);
  const receipt = reference === null ? undefined : (await register.exclusionsOf(phone)).find((one) => one.reference === reference);
  const isOwn = receipt?.origin === "self" && isInForce(receipt.state);
  return isOwn ? { ok: true, receipt } : { ok: false, refusal: "exclusion-unknown", field: "exclusion" };
}

const notMe: Read<"not-me"> = async (parts, { exclusion, numberWasAnothers }, holder) => {
  if (numberWasAnothers) return { ok: false, refusal: "recycled-number", field: "exclusion" };
  const own = await ownExclusion(parts, exclusion, holder);
  return own.ok ? about("not-me", holder, { exclusionReference: own.receipt.reference, personId: holder.personId }) : own;
};

const review: Read<"review"> = async (parts, { exclusion }, holder, now) => {
  const own = await ownExclusion(parts, exclusion, holder);
  if (!own.ok) return own;
  const { reference, endsAt, reviewAt, askableFrom } = own.receipt;
  if (endsAt !== null || reviewAt === null) return { ok: false, refusal: "not-permanent", field: "exclusion" };
  if (askableFrom !== null) return { ok: false, refusal: "not-now", field: null };
  if (reviewAt > now) return { ok: false, refusal: "too-early", field: "exclusion", from: reviewAt };
  return about("review", holder, { exclusionReference: reference, personId: holder.personId });
};

const longer: Read<"longer"> = async (parts, { exclusion, until: written }, holder, now) => {
  const until = readUntil(written, now);
  if (!until.ok) return until;
  const own = await ownExclusion(parts, exclusion, holder);
  if (!own.ok) return own;
  const { reference, endsAt } = own.receipt;
  if (endsAt === null || until.until <= endsAt) return { ok: false, refusal: "not-longer", field: "until" };
  return about("longer", holder, { exclusionReference: reference, personId: holder.personId, askedUntil: until.until });
};

const complaint: Read<"complaint"> = async (parts, { operator, happenedOn, checks }, holder, now) => {
  if (!(await isOperator(parts.office, operator))) return { ok: false, refusal: "choice-missing", field: "operator" };
  const day = readPastDay(happenedOn, now);
  if (!day.ok) return day;
  const found = holder.personId === null || checks.length === 0 ? [] : await parts.person(holder.personId).checksThatFound();
  const theirs = found.filter((check) => check.operator === operator && checks.includes(check.answerId)).map(({ answerId }) => answerId);
  return { ok: true, what: { ...about("complaint", holder, { operator, happenedOn: day.date, checks: theirs, personId: holder.personId }).what, subjectKey: null } };
};

/** The registry's verdict is kept beside it, for officers: whoever asks learns nothing from it. */
const disputed: Read<"disputed-document"> = async (parts, { document }, holder, now) => {
  const read = readDisputed(document, now);
  if (!read.ok) return read;
  const { name, document: stated, dateOfBirth } = read.named;
  const { verdict } = await parts.registry.verify({ ...stated!, name: name!, dateOfBirth });
  const { what } = about("disputed-document", holder, { verdict });
  return { ok: true, what: { ...what, name, document: stated, dateOfBirth } };
};

const family: Read<"family"> = async (parts, { name, subject, relation, grounds }, { phone }) => {
  const asks = readName(name, "name");
  if (!asks.ok) return asks;
  const read = readSubject(subject);
  if (!read.ok) return read;
  if (!relation) return { ok: false, refusal: "choice-missing", field: "relation" };
  if (grounds.length === 0) return { ok: false, refusal: "choice-missing", field: "grounds" };
  const p = await pseudonymOf(parts, read.named.phone);
  if (isSame(p, phone)) return { ok: false, refusal: "about-oneself", field: "subjectPhone" };
  const what = { kind: "family", subject: read.named, subjectKey: parts.keys.phone(p), grounds, columns: {}, name: asks.name, relation, about: read.named } as const;
  return { ok: true, what };
};

const READ: { [Kind in Request["kind"]]: Read<Kind> } = { "not-me": notMe, "disputed-document": disputed, family, review, longer, complaint };

/** What somebody asks for, in canonical writing, or the first field that is wrong. `typed` is their own phone. */
export async function readRequest(
  parts: CitizenCaseParts, request: Request, holder: Holder, typed: string, now: Instant,
): Promise<CaseResult<{ what: What; statement: string; phone: string }>> {
  const own = canonicalize("msisdn", typed);
  if (!own.ok || !isSame(await pseudonymOf(parts, own.identifier.value), holder.phone)) return { ok: false, refusal: "phone-elsewhere", field: "phone" };
  const read = await (READ[request.kind] as Read<Request["kind"]>)(parts, request as never, holder, now);
  if (!read.ok) return read;
  const said = readStatement(request.statement);
  return said.ok ? { ok: true, what: read.what, statement: said.text, phone: own.identifier.value } : said;
}
