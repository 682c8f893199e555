import type { Locale } from "../../../i18n/locales.ts";
import { citizenActor } from "../../../kernel/actor.ts";
import { DAY, type Instant } from "../../../kernel/clock.ts";
import { readReference, REFERENCES, uuidv7 } from "../../../kernel/ids.ts";
import { type Command, once } from "../../../office/commit.ts";
import { CaseSeal } from "./boxes.ts";
import type { CaseRefusal, CaseResult, CasesRpc, CaseView } from "./cases-rpc.ts";
import { putEvidence } from "./evidence.ts";
import { fileCase } from "./file.ts";
import { type Holder, holderOf, isTheirs } from "./holder.ts";
import { Adding, CitizenFiling, Doing, GrantText, read, readStatement, Saying } from "./input.ts";
import type { StatementKind } from "./model.ts";
import { type CitizenCaseParts, sensesOf } from "./parts.ts";
import { readRequest } from "./request.ts";
import { dueAfterAppeal, judgeFiling, mayAnswer, mayAppeal, mayObject, measureRuns } from "./rules.ts";
import { type Step, step } from "./step.ts";
import { annulmentOf, decisionsOf, filesOf, insertStatement, type Part, partByReference, partsOfPhone, requestsSince, updateParty } from "./store.ts";
import { tellingParties, tellingSubject } from "./tell.ts";
import { isToldTo, viewFor } from "./view.ts";

type Refused = { ok: false } & CaseRefusal;
type Answer<Verb extends keyof CasesRpc> = ReturnType<CasesRpc[Verb]>;

const refused = (refusal: Extract<CaseRefusal, { field: null }>["refusal"]): Refused => ({ ok: false, refusal, field: null }) as Refused;

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

/** What one phone asks for by one form; another's form of the same id is another. */
const commandOf = ({ keys }: CitizenCaseParts, { key }: Holder, verb: string, formId: string, says: unknown): Command =>
  ({ id: `case ${formId}`, fingerprint: keys.request(key, verb, says) });

/** What a phone filed and what is about it, newest first. */
export async function mine(parts: CitizenCaseParts, unread: unknown): Answer<"mine"> {
  const grant = GrantText.safeParse(unread);
  const entered = await holderOf(parts, grant.success ? grant.data : "");
  if (!entered.ok) return entered;
  const theirs = (await partsOfPhone(parts.office, entered.holder.key)).filter((part) => isTheirs(part, entered.holder) && isToldTo(part));
  return { ok: true, cases: await Promise.all(theirs.map((part) => look(parts, part))) };
}

async function look({ office, clock }: CitizenCaseParts, part: Part): Promise<CaseView> {
  const [decisions, files] = await Promise.all([decisionsOf(office, part.found.id), filesOf(office, part.found.id)]);
  return viewFor({ ...part, decisions, files }, clock());
}

/** The holder's part of this reference, or of the annulment of this exclusion. Another's is unknown, as what is not there. */
async function partOf({ office }: CitizenCaseParts, holder: Holder, written: string): Promise<Part | null> {
  const exclusion = readReference(REFERENCES.exclusion, written);
  const reference = readReference(REFERENCES.case, written);
  const part = exclusion !== null ? await annulmentOf(office, exclusion) : reference === null ? null : await partByReference(office, reference);
  return part && isTheirs(part, holder) && isToldTo(part) ? part : null;
}

async function seen(parts: CitizenCaseParts, holder: Holder, reference: string): Promise<CaseResult<{ case: CaseView }>> {
  const part = await partOf(parts, holder, reference);
  return part ? { ok: true, case: await look(parts, part) } : refused("case-unknown");
}

/** What a form does to a case; null refuses as `not-now`. */
type Act = (part: Part, now: Instant) => Promise<Step | Refused | null> | Step | Refused | null;

/** So often a step that met another is taken anew on what it finds then. */
const TRIES = 5;

/** Takes a party's step, once a form. */
async function take(parts: CitizenCaseParts, holder: Holder, { reference, command }: { reference: string; command: Command }, act: Act): Promise<CaseResult<{ case: CaseView }>> {
  for (let tries = 1; ; tries++) {
    const done = await once<object, Refused>(parts.office, command, sensesOf(parts), async () => {
      const part = await partOf(parts, holder, reference);
      if (!part) return refused("case-unknown");
      const now = parts.clock();
      const next = await act(part, now);
      if (next && "ok" in next) return next;
      return (next && step(parts, { actor: citizenActor(part.party.reference), now }, part.found, next, {})) ?? refused("not-now");
    });
    if (done.ok) {
      parts.filled();
      return seen(parts, holder, reference);
    }
    if (done.refusal === "command-reused") return refused("form-reused");
    if (done.refusal !== "conflict" && done.refusal !== "duplicate") return done as Refused;
    if (tries === TRIES) return refused("not-now");
  }
}

/** What a party says in a case. */
async function say(
  parts: CitizenCaseParts, unread: unknown, kind: StatementKind, may: (part: Part, now: Instant) => boolean,
  stepOf: (part: Part, now: Instant, holder: Holder, formId: string) => Step | Promise<Step | Refused>,
): Promise<CaseResult<{ case: CaseView }>> {
  const form = read(Saying, unread);
  if (!form.ok) return form;
  const { grant, formId, reference, statement, locale } = form.request;
  const entered = await holderOf(parts, grant, "fresh");
  if (!entered.ok) return entered;
  const said = readStatement(statement);
  if (!said.ok) return said;
  const command = commandOf(parts, entered.holder, kind, formId, [reference, said.text]);
  return take(parts, entered.holder, { reference, command }, async (part, now) => {
    const seal = may(part, now) ? CaseSeal.of(parts.envelope, part.found, parts.random) : null;
    if (!seal) return null;
    const next = await stepOf(part, now, entered.holder, formId);
    return "ok" in next ? next : { ...next, rows: saying(parts, seal, part, { kind, text: said.text, locale, at: now }) };
  });
}

/** The words, and the language they speak from now on. */
function saying(
  { office: { primary }, random }: CitizenCaseParts, seal: CaseSeal, { party, found }: Part, { kind, text, locale, at }: { kind: StatementKind; text: string; locale: Locale; at: Instant },
) {
  const id = uuidv7(at, random);
  const said = insertStatement(primary, { id, caseId: found.id, partyId: party.id, kind, at, box: seal.close("caseStatements", id, text) });
  const identity = seal.open("caseParties", party.id, party.box!);
  if (identity.locale === locale) return [said];
  return [said, updateParty(primary, party, { box: seal.close("caseParties", party.id, { ...identity, locale }) }, citizenActor(party.reference), at)];
}

export const answer = (parts: CitizenCaseParts, unread: unknown): Answer<"answer"> =>
  say(parts, unread, "answer", ({ party, found }) => party.role === "subject" && mayAnswer(found), () => ({ event: "answered" }));

/** The other side hears that there is an appeal. */
export const appeal = (parts: CitizenCaseParts, unread: unknown): Answer<"appeal"> =>
  say(
    parts, unread, "appeal",
    ({ party, found }, now) => party.withdrawnAt === null && mayAppeal(found, party.role, now),
    async ({ party, found }, now) => ({
      event: "appealed",
      set: { dueAt: dueAfterAppeal(now, parts.settings), appealUntil: null },
      payload: { by: party.role },
      events: await tellingParties(parts, found, "appealed", ({ role }) => role !== party.role),
    }),
  );

/** Register first: the exclusion stays in force then, whatever becomes of the case. */
export const object = (parts: CitizenCaseParts, unread: unknown): Answer<"object"> =>
  say(parts, unread, "objection", ({ found }) => mayObject(found), async ({ found }, _, holder, formId) => {
    const stopped = await parts.register.stopAnnulment({ commandId: formId, reference: found.exclusionReference!, by: holder.personId! });
    if (stopped.ok) return { event: "objected" };
    return refused(stopped.refusal === "command-reused" ? "form-reused" : "not-now");
  });

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
