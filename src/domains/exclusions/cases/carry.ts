import { type Actor, systemActor } from "../../../kernel/actor.ts";
import { DAY } from "../../../kernel/clock.ts";
import { commit } from "../../../office/commit.ts";
import { drainEvents, type OfficeEvent } from "../../../office/drain.ts";
import { rewrapped } from "./boxes.ts";
import { dropEvidence } from "./evidence.ts";
import { type Act, isThirdParty, type PartyRole } from "./model.ts";
import { type CaseParts, sensesOf } from "./parts.ts";
import { type Performed, perform } from "./register-acts.ts";
import type { RegisterAct } from "./rules.ts";
import { step } from "./step.ts";
import {
  caseById, casesToClose, casesToErase, casesUnderOtherKeys, decisionById, emptyParts, replaceCaseKey, type StoredCase, type StoredDecision, updateCase, updateDecision,
} from "./store.ts";
import { tell, tellingParties, TOLD } from "./tell.ts";

/** A case was decided; what follows from it is carried out from here. */
export const CARRY = "case.carry";

const ITSELF: Actor = systemActor("cases");
const AT_ONCE = 100;

type Report = (error: unknown) => void;

/** Carries out what was decided and tells whom it concerns, right after the commit and each minute. What fails stays, and comes again. */
export async function carryCases(parts: CaseParts, report: Report): Promise<void> {
  const { office } = parts;
  await drainEvents({ office, report, handlers: { [CARRY]: (event) => carry(parts, event) } });
  await drainEvents({ office, report, handlers: { [TOLD]: (event) => tell(parts, event) } });
}

/** Each minute: what was left behind, what time has decided, what nobody has to know any more, and data keys under another key-encryption key. */
export async function sweepCases(parts: CaseParts, report: Report): Promise<void> {
  await carryCases(parts, report);
  const { office, clock, settings, envelope } = parts;
  const now = clock();
  for (const found of await casesToClose(office, now, AT_ONCE)) await close(parts, found).catch(report);
  for (const found of await casesToErase(office, now - settings.eraseDays * DAY, AT_ONCE)) await erase(parts, found).catch(report);
  for (const { id, dataKey } of await casesUnderOtherKeys(office, envelope.current, AT_ONCE)) {
    await rewrap(parts, id, dataKey!).catch(report);
  }
}

/** What cannot be unwrapped stays as it is, and is reported. */
async function rewrap({ office, envelope }: CaseParts, id: string, dataKey: Uint8Array): Promise<void> {
  const fresh = rewrapped(envelope, { id, dataKey });
  if (fresh) await replaceCaseKey(office.primary, id, dataKey, fresh);
}

/** Register first, by the decision's own id; then what it said is noted, and whoever is to know is told. */
async function carry(parts: CaseParts, { subject, payload }: OfficeEvent): Promise<void> {
  const { decisionId, deed } = payload as { decisionId: string; deed: RegisterAct | null };
  const [found, decision] = await Promise.all([caseById(parts.office, subject), decisionById(parts.office, decisionId)]);
  if (!found || !decision) return;
  const isNoted = decision.carriedOutAt !== null || decision.refusal !== null;
  if (deed && isNoted) return;
  await note(parts, found, decision, deed, deed ? await perform(parts, found, decision, deed) : { refusal: null, set: {} });
}

/** Again it changes nothing that was noted before, and tells nobody twice. */
async function note(parts: CaseParts, found: StoredCase, decision: StoredDecision, deed: RegisterAct | null, { refusal, set }: Performed): Promise<void> {
  const { office: { primary }, clock } = parts;
  const now = clock();
  const done = await commit(parts.office, {
    actor: ITSELF,
    rows: [
      updateDecision(primary, decision.id, refusal === null ? { carriedOutAt: decision.carriedOutAt ?? now } : { refusal }),
      ...(Object.keys(set).length > 0 ? [updateCase(primary, found, set, ITSELF, now)] : []),
    ],
    audit: { action: refusal === null ? "case.carried-out" : "case.not-carried-out", resource: `case/${found.reference}`, payload: { act: decision.act, ...(refusal !== null && { refusal }) }, outcome: refusal === null ? "done" : "failed" },
    events: refusal === null ? await tidings(parts, found, decision.act, deed) : [],
    answer: {},
  }, sensesOf(parts), { id: `carried ${decision.id}`, fingerprint: decision.id });
  if (!done.ok) throw new Error(`what became of a decision was not noted: ${done.refusal}`);
}

/** Whoever asked hears of each decision, and whom it is about; what Register does to somebody it tells them itself. */
async function tidings(parts: CaseParts, found: StoredCase, act: Act, deed: RegisterAct | null) {
  if (act === "measure") return [];
  const byRegister: PartyRole | null = deed === null || deed === "annul-document" ? null : isThirdParty(found.kind) ? "subject" : "requester";
  return tellingParties(parts, found, "decided", ({ role }) => role !== byRegister && (role === "requester" || found.hearingUntil !== null));
}

async function close(parts: CaseParts, found: StoredCase): Promise<void> {
  const { now, random } = sensesOf(parts);
  const change = step(parts, { actor: ITSELF, now }, found, { event: "time-passed" }, {});
  if (change) await commit(parts.office, change, { now, random });
}

/** The files first; then, in one write, the key and all that was sealed under it. */
async function erase(parts: CaseParts, found: StoredCase): Promise<void> {
  const { office } = parts;
  await dropEvidence(parts, found.id);
  const { now, random } = sensesOf(parts);
  await commit(office, {
    actor: ITSELF,
    rows: [updateCase(office.primary, found, { dataKey: null, keyId: null, subjectKey: null, erasedAt: now }, ITSELF, now), ...emptyParts(office.primary, found.id)],
    audit: { action: "case.erased", resource: `case/${found.reference}`, payload: {} },
    answer: {},
  }, { now, random });
}
