import type { Locale } from "../../../i18n/locales.ts";
import { citizenActor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { CaseSeal } from "./boxes.ts";
import type { CaseResult, CasesRpc, CaseView } from "./cases-rpc.ts";
import { type Holder, holderOf } from "./holder.ts";
import { read, readStatement, Saying } from "./input.ts";
import type { StatementKind } from "./model.ts";
import type { CitizenCaseParts } from "./parts.ts";
import { dueAfterAppeal, mayAnswer, mayAppeal, mayObject } from "./rules.ts";
import type { Step } from "./step.ts";
import { insertStatement, type Part, updateParty } from "./store.ts";
import { commandOf, type Refused, refused, take } from "./take.ts";
import { tellingParties } from "./tell.ts";

type Answer<Verb extends keyof CasesRpc> = ReturnType<CasesRpc[Verb]>;

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
