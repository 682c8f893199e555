import { fingerprintOf } from "../../../api/idempotency.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { type Actor, citizenActor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { nameOf } from "../../../office/columns.ts";
import { type Command, once } from "../../../office/commit.ts";
import type { RequestView, RightsResult } from "../rights-rpc.ts";
import { carryOut } from "./erasure.ts";
import { exportDocument } from "./export.ts";
import { ErasureForm, ExportForm, GrantText, read, RectificationForm } from "./input.ts";
import { type CitizenRightsParts, holderOfGrant, newRequest, told, viewOf } from "./parts.ts";
import { insertRequest, requestByReference, requestsOf, type StoredRequest } from "./store.ts";

/** The grant's holder's requests, newest first. */
export async function requests(parts: CitizenRightsParts, unread: unknown): Promise<RightsResult<{ requests: RequestView[] }>> {
  const grant = GrantText.safeParse(unread);
  const holder = await holderOfGrant(parts, grant.success ? grant.data : "", false);
  if (!holder.ok) return holder.refusal === "nothing-held" ? { ok: true, requests: [] } : holder;
  return { ok: true, requests: (await requestsOf(parts.office, holder.personId)).map(viewOf) };
}

/** Answers access at once: gathers everything first, so that what is noted as answered was. */
export async function exportAll(parts: CitizenRightsParts, unread: unknown): Promise<RightsResult<{ reference: string; document: string }>> {
  const form = read(ExportForm, unread);
  if (!form.ok) return form;
  const holder = await holderOfGrant(parts, form.request.grant, true);
  if (!holder.ok) return holder;
  const now = parts.clock();
  const row = answered(newRequest(parts, { personId: holder.personId, kind: "access" }, now), now);
  const opened = await open(parts, commandOf(form.request.formId, "access"), row, now);
  if (!opened.ok) return opened;
  const document = await exportDocument(parts, holder, now);
  return { ok: true, reference: opened.reference, document: JSON.stringify(document, null, 2) };
}

/** Takes a rectification. What was said is in the vault before the office knows of it. */
export async function rectify(parts: CitizenRightsParts, unread: unknown): Promise<RightsResult<{ request: RequestView }>> {
  const form = read(RectificationForm, unread);
  if (!form.ok) return form;
  const { formId, grant, subject, statement, locale } = form.request;
  const holder = await holderOfGrant(parts, grant, false);
  if (!holder.ok) return holder;
  const now = parts.clock();
  const asked = newRequest(parts, { personId: holder.personId, kind: "rectification", subject }, now);
  const row = subject === "language" ? answered(asked, now) : asked;
  const said = () => say(parts, row, { text: statement, locale }, citizenActor(holder.visit.id));
  const opened = await open(parts, commandOf(formId, subject, statement, locale), row, now, said);
  return opened.ok ? { ok: true, request: await viewed(parts, opened.reference) } : opened;
}

async function say(
  { person }: CitizenRightsParts, { personId, reference, subject }: StoredRequest, { text, locale }: { text: string; locale: Locale }, actor: Actor,
): Promise<void> {
  if (subject === "language") await person(personId).speak(locale, actor);
  else await person(personId).keepStatement({ reference, text }, actor);
}

/** Takes an erasure, and carries it out as far as it may be. If that fails midway the minute's sweep goes on. */
export async function erase(parts: CitizenRightsParts, unread: unknown): Promise<RightsResult<{ request: RequestView }>> {
  const form = read(ErasureForm, unread);
  if (!form.ok) return form;
  const holder = await holderOfGrant(parts, form.request.grant, true);
  if (!holder.ok) return holder;
  const now = parts.clock();
  const row = newRequest(parts, { personId: holder.personId, kind: "erasure", state: "in-progress", lookAgainAt: now }, now);
  const opened = await open(parts, commandOf(form.request.formId, "erasure"), row, now);
  if (!opened.ok) return opened;
  const request = (await requestByReference(parts.office, opened.reference))!;
  if (request.lookAgainAt !== null && request.lookAgainAt <= now) await carryOut(parts, request);
  return { ok: true, request: await viewed(parts, opened.reference) };
}

const answered = (row: StoredRequest, now: Instant): StoredRequest =>
  ({ ...row, state: "answered", decidedAt: now, decidedBy: nameOf(citizenActor(row.reference)) });

const commandOf = (formId: string, ...content: string[]): Command => ({ id: formId, fingerprint: fingerprintOf(content) });

async function open(
  { office, random }: CitizenRightsParts, command: Command, row: StoredRequest, now: Instant, before: () => Promise<void> = async () => {},
): Promise<RightsResult<{ reference: string }>> {
  const { reference, kind, state } = row;
  const opened = await once<{ reference: string }, never>(office, command, { now, random }, async () => {
    await before();
    return {
      actor: citizenActor(reference),
      rows: [insertRequest(office.primary, row)],
      audit: { action: "data-request.received", resource: `data-request/${reference}`, payload: told(kind, state, []) },
      answer: { reference },
    };
  });
  return opened.ok ? { ok: true, reference: opened.answer.reference } : { ok: false, refusal: "form-reused" };
}

const viewed = async ({ office }: CitizenRightsParts, reference: string): Promise<RequestView> => viewOf((await requestByReference(office, reference))!);
