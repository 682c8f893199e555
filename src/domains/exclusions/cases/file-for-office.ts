import type { Actor } from "../../../kernel/actor.ts";
import type { Result } from "../../../kernel/result.ts";
import { type Filing, fileCase, pseudonymOf } from "./file.ts";
import { OfficeFiling, readName, readStatement, readSubject } from "./input.ts";
import type { OfficeKind } from "./model.ts";
import type { CaseParts } from "./parts.ts";
import type { FilingRefusal, OfficeRequest } from "./staff-cases-rpc.ts";

type Refused = FilingRefusal | { refusal: "command-reused" };
export type OfficeFiled = Result<{ reference: string }, Refused>;

/** Files for a court or an operator, once a form. */
export async function fileForOffice(parts: CaseParts, actor: Actor, unread: unknown): Promise<OfficeFiled> {
  const form = OfficeFiling.safeParse(unread);
  if (!form.success) return { ok: false, refusal: "command-reused" };
  const { formId, request } = form.data;
  return fileRequest(parts, actor, `case ${actor.id} ${formId}`, request);
}

/** The same under any command id. */
export async function fileRequest(parts: CaseParts, actor: Actor, commandId: string, request: OfficeRequest): Promise<OfficeFiled> {
  const filing = await readOffice(parts, request);
  if (!filing.ok) return filing;
  const done = await fileCase(parts, filing.filing, { id: commandId, fingerprint: parts.keys.request(request) }, () => actor);
  if (done.ok) return { ok: true, reference: done.answer.reference };
  if (done.refusal === "command-reused") return { ok: false, refusal: "command-reused" };
  throw new Error("a request met others without end");
}

async function readOffice(parts: CaseParts, { kind, name, subject, grounds, statement }: OfficeRequest): Promise<Result<{ filing: Filing }, FilingRefusal>> {
  const asks = readName(name, "name");
  if (!asks.ok) return asks;
  const read = readSubject(subject);
  if (!read.ok) return read;
  const fit = grounds.length > 0 && fits(kind, grounds);
  if (!fit) return { ok: false, refusal: "choice-missing", field: "grounds" };
  const said = readStatement(statement);
  if (!said.ok) return said;
  const requester = { phone: null, name: asks.name, document: null, dateOfBirth: null, relation: null, locale: "en", about: read.named } as const;
  const subjectKey = parts.keys.phone(await pseudonymOf(parts, read.named.phone));
  return { ok: true, filing: { kind, requester, requesterKey: null, subject: read.named, subjectKey, grounds, statement: said.text, columns: {} } };
}

/** A court's order is a court's ground, and nobody else's. */
const fits = (kind: OfficeKind, grounds: OfficeRequest["grounds"]): boolean => (kind === "court" ? true : !grounds.includes("court-order"));
