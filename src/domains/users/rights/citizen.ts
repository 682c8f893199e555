import { fingerprintOf } from "../../../api/idempotency.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { type Actor, citizenActor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { type Command, once } from "../../../office/commit.ts";
import type { Asked, RequestView, RightsResult } from "../rights-rpc.ts";
import { carryOut } from "./erasure.ts";
import { exportDocument } from "./export.ts";
import { GrantText, read } from "./input.ts";
import { isAbout } from "./model.ts";
import { type CitizenRightsParts, holderOfGrant, newRequest, told, viewOf } from "./parts.ts";
import { asksForCopy } from "./rules.ts";
import { insertRequest, requestByReference, requestsOf, type StoredRequest } from "./store.ts";

/** The grant's holder's requests, newest first. */
export async function requests(parts: CitizenRightsParts, unread: unknown): Promise<RightsResult<{ requests: RequestView[] }>> {
  const grant = GrantText.safeParse(unread);
  const holder = await holderOfGrant(parts, grant.success ? grant.data : "", false);
  if (!holder.ok) return holder.refusal === "nothing-held" ? { ok: true, requests: [] } : holder;
  return { ok: true, requests: (await requestsOf(parts.office, holder.personId)).map(viewOf) };
}

/**
 * Takes a request of any kind, once for its form, and does what the register can do of it by itself. A copy is gathered first, so
 * that what is noted as answered was; what was said is in the vault before the office knows of it.
 */
export async function ask(parts: CitizenRightsParts, unread: unknown): Promise<RightsResult<Asked>> {
  const form = read(unread);
  if (!form.ok) return form;
  const { formId, grant, kind, subject, statement, locale } = form.request;
  const holder = await holderOfGrant(parts, grant, !isAbout(kind));
  if (!holder.ok) return holder;
  const now = parts.clock();
  const document = asksForCopy(kind) ? JSON.stringify(await exportDocument(parts, holder, now), null, 2) : null;
  const row = newRequest(parts, { personId: holder.personId, kind, subject }, now);
  const command = { id: formId, fingerprint: fingerprintOf(kind, subject, ...(isAbout(kind) ? [statement, locale] : [])) };
  const opened = await open(parts, command, row, () => say(parts, row, { text: statement, locale }, citizenActor(holder.visit.id)));
  if (!opened.ok) return opened;
  return { ok: true, request: viewOf(await carriedOn(parts, opened.reference, now)), document };
}

async function say(
  { person }: CitizenRightsParts, { personId, reference, subject }: StoredRequest, { text, locale }: { text: string; locale: Locale }, actor: Actor,
): Promise<void> {
  if (subject === "language") await person(personId).speak(locale, actor);
  else if (subject !== null) await person(personId).keepStatement({ reference, text }, actor);
}

async function open({ office, random }: CitizenRightsParts, command: Command, row: StoredRequest, before: () => Promise<void>): Promise<RightsResult<{ reference: string }>> {
  const { reference, kind, state, receivedAt } = row;
  const opened = await once<{ reference: string }, never>(office, command, { now: receivedAt, random }, async () => {
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

/** The request as it stands, an erasure carried out as far as it may be. If that fails midway the minute's sweep goes on. */
async function carriedOn(parts: CitizenRightsParts, reference: string, now: Instant): Promise<StoredRequest> {
  const request = (await requestByReference(parts.office, reference))!;
  if (request.lookAgainAt === null || request.lookAgainAt > now) return request;
  await carryOut(parts, request);
  return (await requestByReference(parts.office, reference))!;
}
