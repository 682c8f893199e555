import { DAY, HOUR, type Instant, MINUTE } from "../../../kernel/clock.ts";
import { periodEnd } from "../../../kernel/periods.ts";
import type { Result } from "../../../kernel/result.ts";
import {
  type Act, BY_ONE_OFFICER, type Case, CASE_TRANSITIONS, type CaseDecision, type CaseEvent, type CaseKind, type CaseState, isThirdParty, type Proposal,
} from "./model.ts";
import { type Holidays, workingDaysAfter } from "./working-days.ts";

/** Configuration of the rules. */
export interface CaseSettings {
  /** How long whom it is about can answer. */
  hearingDays: number;
  appealDays: number;
  /** After how long what identifies anybody in a closed case is destroyed. Not under a year: limits look back so far. */
  eraseDays: number;
  holidays: Holidays;
}

/** Working days until the first step. */
const DUE: Readonly<Record<CaseKind, number>> = {
  "not-me": 2, "disputed-document": 2, "family": 5, "operator": 5, "court": 2, "review": 20, "longer": 5, "complaint": 10,
};
const DUE_AFTER_HEARING = 5;
const DUE_AFTER_APPEAL = 20;

const MEASURE_DAYS = 30;
/** Beyond it an end is permanent. */
const LONGEST_YEARS = 5;
/** Register's time to object to an annulment. */
const OBJECTION_HOURS = 72;

export const firstDue = (kind: CaseKind, now: Instant, { holidays }: CaseSettings): Instant => workingDaysAfter(now, DUE[kind], holidays);
export const hearingUntil = (now: Instant, { hearingDays }: CaseSettings): Instant => inDays(now, hearingDays);
export const dueAfterHearing = (until: Instant, { holidays }: CaseSettings): Instant => workingDaysAfter(until, DUE_AFTER_HEARING, holidays);
export const dueAfterAppeal = (now: Instant, { holidays }: CaseSettings): Instant => workingDaysAfter(now, DUE_AFTER_APPEAL, holidays);

const inDays = (now: Instant, count: number): Instant => periodEnd(now, { unit: "days", count, minimumDays: count });

/** The state after an event; null when this state does not know it. */
export const stateAfter = (state: CaseState, event: CaseEvent): CaseState | null => CASE_TRANSITIONS[state][event] ?? null;

export const isOver = (state: CaseState): boolean => state === "closed" || state === "withdrawn";

/** A case as what can be done with it is judged. */
export type Judged = Pick<Case, "kind" | "state" | "hearingUntil" | "measureUntil" | "decision" | "decidedAt" | "appealUntil">;

/** What else a proposal is judged by. */
export interface Facts {
  now: Instant;
  files: number;
  /** Whether whom it is about has spoken. */
  heard: boolean;
  /** Everybody who proposed or seconded something in the case that was decided. */
  deciders: readonly string[];
}

export type ProposalRefusal = {
  refusal: "not-now" | "act-unfit" | "evidence-missing" | "hearing-runs" | "until-missing" | "until-unfit" | "decided-before";
};

/** The acts that a case of this kind knows in this state. */
export function actsIn({ kind, state }: Pick<Case, "kind" | "state">): readonly Act[] {
  if (state === "appealed") return ["keep", "overturn"];
  if (state !== "open" && state !== "hearing") return [];
  if (isThirdParty(kind)) return ["measure", "grant", "refuse", "refuse-as-false"];
  return kind === "disputed-document" ? ["grant", "refuse", "refuse-as-false"] : ["grant", "refuse"];
}

const refuse = <Refusal extends string>(refusal: Refusal) => ({ ok: false, refusal }) as const;

/** Whether an officer's act is possible now, whoever seconds it. */
export function judgeProposal(found: Judged, { act, until, by }: Pick<Proposal, "act" | "until" | "by">, facts: Facts): Result<object, ProposalRefusal> {
  const acts = actsIn(found);
  if (acts.length === 0) return refuse("not-now");
  if (!acts.includes(act)) return refuse("act-unfit");
  if (found.state === "appealed" && facts.deciders.includes(by)) return refuse("decided-before");
  if (act === "measure") return judgeMeasure(found, until, facts);
  if (act === "grant" && isThirdParty(found.kind) && !isHeard(found, facts)) return refuse("hearing-runs");
  return judgeUntil(found, act, until, facts.now);
}

/** A measure rests on evidence, is taken once, and lasts as long as it takes to hear somebody. */
function judgeMeasure({ measureUntil }: Judged, until: Instant | null, { now, files }: Facts): Result<object, ProposalRefusal> {
  if (measureUntil !== null) return refuse("not-now");
  if (files === 0) return refuse("evidence-missing");
  if (until === null) return refuse("until-missing");
  return until > now && until <= now + MEASURE_DAYS * DAY ? { ok: true } : refuse("until-unfit");
}

/** Nobody is excluded on another's word before they could answer: they did, or their time is over. */
const isHeard = ({ hearingUntil: until }: Judged, { now, heard }: Facts): boolean => until !== null && (heard || now > until);

/** An end goes with what has one: imposing, where none is permanent, and a longer time, which must have one. */
function judgeUntil(found: Judged, act: Act, until: Instant | null, now: Instant): Result<object, ProposalRefusal> {
  const isLonger = found.kind === "longer" && act === "grant";
  if (isLonger && until === null) return refuse("until-missing");
  if (until === null) return { ok: true };
  const earliest = Math.max(now, found.measureUntil ?? 0);
  const isAhead = until > earliest && until <= periodEnd(now, { unit: "years", count: LONGEST_YEARS, minimumDays: 0 });
  return isAhead && (isLonger || imposes(found, act)) ? { ok: true } : refuse("until-unfit");
}

const imposes = ({ kind, decision }: Judged, act: Act): boolean => isThirdParty(kind) && (act === "grant" || (act === "overturn" && decision !== "grant"));

/** Whether one officer's word is enough. */
export const takesOne = (kind: CaseKind): boolean => BY_ONE_OFFICER.includes(kind);

/** What a decided act makes of a case. */
export interface Outcome {
  event: Extract<CaseEvent, "measure-taken" | "decided" | "settled" | "appeal-decided">;
  set: Partial<Pick<Case, "measureUntil" | "decision" | "decidedAt" | "appealUntil" | "closedAt">>;
}

/** A third party's decision can be appealed, an annulment objected to; all else is final. */
export function outcomeOf({ kind, decision }: Judged, { act, until }: Pick<Proposal, "act" | "until">, now: Instant, { appealDays }: CaseSettings): Outcome {
  if (act === "measure") return { event: "measure-taken", set: { measureUntil: until } };
  if (act === "keep" || act === "overturn") {
    const turned: CaseDecision = decision === "grant" ? "refuse" : "grant";
    return { event: "appeal-decided", set: { closedAt: now, ...(act === "overturn" && { decision: turned }) } };
  }
  const decided = { decision: act, decidedAt: now };
  if (isThirdParty(kind)) return { event: "decided", set: { ...decided, appealUntil: inDays(now, appealDays) } };
  if (kind === "not-me" && act === "grant") return { event: "decided", set: { ...decided, appealUntil: now + OBJECTION_HOURS * HOUR } };
  return { event: "settled", set: { ...decided, closedAt: now } };
}

/** What Register does for a decision; null where nothing. `impose` where a measure had lapsed, or nothing stood. */
export type RegisterAct = "measure" | "impose" | "uphold" | "dismiss" | "review" | "lengthen" | "annul" | "annul-document";

/** `found` as it was before the decision. */
export function registerAct(found: Judged, act: Act, now: Instant): RegisterAct | null {
  const { kind, decision, measureUntil } = found;
  const isRefused = act === "refuse" || act === "refuse-as-false";
  if (kind === "review") return "review";
  if (isThirdParty(kind)) {
    const measureRuns = measureUntil !== null && measureUntil > now;
    if (act === "measure") return "measure";
    if (act === "grant") return measureRuns ? "uphold" : "impose";
    if (isRefused) return measureRuns ? "dismiss" : null;
    return act === "keep" ? null : decision === "grant" ? "dismiss" : "impose";
  }
  if (act !== "grant") return null;
  const GRANTED: Partial<Record<CaseKind, RegisterAct>> = { "not-me": "annul", "disputed-document": "annul-document", "longer": "lengthen" };
  return GRANTED[kind] ?? null;
}

/** Whether a party can appeal now: each against what went against them. */
export function mayAppeal({ kind, state, decision, appealUntil }: Judged, role: "requester" | "subject", now: Instant): boolean {
  if (state !== "decided" || !isThirdParty(kind) || appealUntil === null || now > appealUntil) return false;
  return (role === "subject") === (decision === "grant");
}

/** Whether an annulment can be objected to: as long as it is not carried out. */
export const mayObject = ({ kind, state, decision }: Judged): boolean => kind === "not-me" && state === "decided" && decision === "grant";

/** Whether whom it is about can be heard. */
export const mayAnswer = ({ kind, state }: Judged): boolean => isThirdParty(kind) && (state === "hearing" || state === "appealed");

/** Whether a measure is in force: a case with one is decided, and not withdrawn. */
export const measureRuns = ({ measureUntil, decision }: Judged, now: Instant): boolean => decision === null && measureUntil !== null && measureUntil > now;

const RECENT = 5 * MINUTE;

/** Whether a code came back so recently that whoever holds the phone is still the one who speaks. */
export const isRecent = (provenAt: Instant, now: Instant): boolean => now - provenAt < RECENT;
