import { citizenActor } from "../../../kernel/actor.ts";
import { DAY } from "../../../kernel/clock.ts";
import { type Command, once } from "../../../office/commit.ts";
import type { CasesRpc, CaseView } from "./cases-rpc.ts";
import { putEvidence } from "./evidence.ts";
import { fileCase } from "./file.ts";
import { type Holder, holderOf, isTheirs } from "./holder.ts";
import { Adding, CitizenFiling, Doing, GrantText, read } from "./input.ts";
import { judgeFiling } from "./limits.ts";
import { type CitizenCaseParts, sensesOf } from "./parts.ts";
import { readRequest } from "./request.ts";
import { measureRuns } from "./rules.ts";
import { operatorNames, partsOfPhone, requestsSince, updateParty } from "./store.ts";
import { commandOf, look, partOf, type Refused, refused, seen, take } from "./take.ts";
import { tellingSubject } from "./tell.ts";
import { isToldTo } from "./view.ts";

type Answer<Verb extends keyof CasesRpc> = ReturnType<CasesRpc[Verb]>;

/** Takes a request of any kind, repeatable by its form. */
export async function file(parts: CitizenCaseParts, unread: unknown): Answer<"file"> {
  const form = read(CitizenFiling, unread);
  if (!form.ok) return form;
  const { grant, formId, phone: typed, locale, request } = form.request;
  const entered = await holderOf(parts, grant, "fresh");
  if (!entered.ok) return entered;
  const { holder } = entered;
  const asked = await readRequest(parts, request as never, holder, typed, parts.clock());
  if (!asked.ok) return asked;
  const { what: { name = null, relation = null, document = null, dateOfBirth = null, about = null, ...what }, statement, phone } = asked;
  const command = commandOf(parts, holder, "file", formId, [request, typed]);
  const refusal = await overLimits(parts, holder, what.kind, command);
  if (refusal) return refusal;
  const requester = { phone, name, relation, document, dateOfBirth, about, locale };
  const done = await fileCase(parts, { ...what, requester, requesterKey: holder.key, statement }, command, citizenActor);
  if (done.ok) return seen(parts, holder, done.answer.own);
  if (done.refusal === "already-open") return { ...done, field: null };
  if (done.refusal === "command-reused") return refused("form-reused");
  throw new Error("a request met others without end");
}

/** Whatever limits look back for lies in it. */
const LOOKED_BACK = 2 * 366 * DAY;

/** A form that was carried out before is answered again, whatever was filed since. */
async function overLimits(parts: CitizenCaseParts, { key }: Holder, kind: CaseView["kind"], command: Command): Promise<Refused | null> {
  const now = parts.clock();
  const judged = judgeFiling(kind, await requestsSince(parts.office, key, now - LOOKED_BACK), now);
  if (judged.ok) return null;
  const known = await once(parts.office, command, sensesOf(parts), async () => refused(judged.refusal));
  return known.ok ? null : (known as Refused);
}

/** What a phone filed and what is about it, newest first. */
export async function mine(parts: CitizenCaseParts, unread: unknown): Answer<"mine"> {
  const grant = GrantText.safeParse(unread);
  const entered = await holderOf(parts, grant.success ? grant.data : "");
  if (!entered.ok) return entered;
  const theirs = (await partsOfPhone(parts.office, entered.holder.key)).filter((part) => isTheirs(part, entered.holder) && isToldTo(part));
  return { ok: true, cases: await Promise.all(theirs.map((part) => look(parts, part))) };
}

/** Takes one's own request back: the case goes on with others' voices, and without any it is over. */
export async function withdraw(parts: CitizenCaseParts, unread: unknown): Answer<"withdraw"> {
  const form = read(Doing, unread);
  if (!form.ok) return form;
  const { grant, formId, reference } = form.request;
  const entered = await holderOf(parts, grant, "fresh");
  if (!entered.ok) return entered;
  const command = commandOf(parts, entered.holder, "withdraw", formId, [reference]);
  return take(parts, entered.holder, { reference, command }, async ({ party, found }, now) => {
    if (party.role === "subject" || party.withdrawnAt !== null) return null;
    const rows = [updateParty(parts.office.primary, party, { withdrawnAt: now }, citizenActor(party.reference), now)];
    if (found.voices > 1) return { event: "left", set: { voices: found.voices - 1 }, rows };
    if (measureRuns(found, now)) return refused("measure-runs");
    return { event: "withdrawn", set: { voices: 0 }, rows, events: await tellingSubject(parts, found) };
  });
}

/** A file that shows something; the same again is one. */
export async function addEvidence(parts: CitizenCaseParts, unread: unknown): Answer<"addEvidence"> {
  const form = read(Adding, unread);
  if (!form.ok) return form;
  const { grant, reference, name, bytes } = form.request;
  const entered = await holderOf(parts, grant, "fresh");
  if (!entered.ok) return entered;
  const part = await partOf(parts, entered.holder, reference);
  if (!part || part.party.withdrawnAt !== null) return refused(part ? "not-now" : "case-unknown");
  const added = await putEvidence(parts, citizenActor(part.party.reference), part.found.reference, { name, bytes, partyId: part.party.id });
  if (added.ok) return { ok: true };
  return added.refusal === "not-now" ? refused("not-now") : { ok: false, refusal: added.refusal, field: "evidence" };
}

/** Whom a complaint can be about: whoever has or had a licence. */
export const operators = async ({ office }: Pick<CitizenCaseParts, "office">): Answer<"operators"> =>
  Object.fromEntries((await operatorNames(office)).map(({ id, name }) => [id, name]));
