import type { Verdict } from "../../../adapters/identity-registry/port.ts";
import type { Instant } from "../../../kernel/clock.ts";

/**
 * What officers decide about. `not-me`: an exclusion was never its holder's. `disputed-document`: somebody else typed one's
 * document. `family`, `operator`, `court`: somebody asks that another be excluded. `review`: of a permanent exclusion. `longer`:
 * an end that no policy has. `complaint`: about an operator.
 */
export const CASE_KINDS = ["not-me", "disputed-document", "family", "operator", "court", "review", "longer", "complaint"] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** Somebody asks that another be excluded: with notice, hearing and appeal. */
export const THIRD_PARTY = ["family", "operator", "court"] as const satisfies readonly CaseKind[];
export type ThirdPartyKind = (typeof THIRD_PARTY)[number];
export const isThirdParty = (kind: CaseKind): kind is ThirdPartyKind => (THIRD_PARTY as readonly CaseKind[]).includes(kind);

/** What a citizen files, by a grant for their phone. */
export const CITIZEN_KINDS = ["not-me", "disputed-document", "family", "review", "longer", "complaint"] as const satisfies readonly CaseKind[];
export type CitizenKind = (typeof CITIZEN_KINDS)[number];
/** What an officer files, for a court or an operator. */
export const OFFICE_KINDS = ["operator", "court"] as const satisfies readonly CaseKind[];
export type OfficeKind = (typeof OFFICE_KINDS)[number];

/** What one officer decides alone: of a longer end, its holder is the first who wants it. All else takes two. */
export const BY_ONE_OFFICER: readonly CaseKind[] = ["longer", "complaint"];

/** Why another should be excluded, as the regulations name it (draft of March 2026), and a court's order. */
export const GROUNDS = ["financial-hardship", "danger-to-dependants", "unable-to-decide", "court-order"] as const;
export type Ground = (typeof GROUNDS)[number];
/** What a citizen can state. */
export const FAMILY_GROUNDS = ["financial-hardship", "danger-to-dependants", "unable-to-decide"] as const satisfies readonly Ground[];

/** What the requester is to whom it is about. */
export const RELATIONS = ["spouse", "parent", "child", "sibling", "relative", "guardian", "other"] as const;
export type Relation = (typeof RELATIONS)[number];

export const CASE_STATES = ["open", "hearing", "decided", "appealed", "closed", "withdrawn"] as const;

/**
 * `hearing`: the person was told and can answer. `decided`: it stands, and can still be appealed, or objected to. `closed` and
 * `withdrawn` are over for good.
 */
export type CaseState = (typeof CASE_STATES)[number];

/** What can happen to a case; each is a line of its timeline. */
export const CASE_EVENTS = [
  "filed", "joined", "left", "evidence-added", "notified", "answered", "proposed", "sent-back", "measure-taken",
  "decided", "settled", "appealed", "appeal-decided", "objected", "time-passed", "withdrawn",
] as const;
export type CaseEvent = (typeof CASE_EVENTS)[number];

const PREPARED = <State extends CaseState>(state: State) => ({ "evidence-added": state, "proposed": state, "sent-back": state }) as const;

/**
 * State × event → state; what is not listed cannot happen, and `filed` begins. `joined` and `left`: a further requester's voice.
 * `settled`: a decision that nobody can appeal. `time-passed`: nobody appealed, or objected, in time. docs/states.md draws it.
 */
export const CASE_TRANSITIONS: Readonly<Record<CaseState, Partial<Record<CaseEvent, CaseState>>>> = {
  open: {
    ...PREPARED("open"),
    "joined": "open",
    "left": "open",
    "notified": "hearing",
    "measure-taken": "open",
    "decided": "decided",
    "settled": "closed",
    "withdrawn": "withdrawn",
  },
  hearing: {
    ...PREPARED("hearing"),
    "joined": "hearing",
    "left": "hearing",
    "answered": "hearing",
    "measure-taken": "hearing",
    "decided": "decided",
    "withdrawn": "withdrawn",
  },
  decided: { "appealed": "appealed", "objected": "closed", "time-passed": "closed" },
  appealed: { ...PREPARED("appealed"), "answered": "appealed", "appeal-decided": "closed" },
  closed: {},
  withdrawn: {},
};

/**
 * What officers decide. `measure`: a provisional exclusion until the case is decided. `grant`: what was asked for is done.
 * `refuse`; `refuse-as-false`: it was knowingly false, which counts against who filed it. On appeal the decision is kept or overturned.
 */
export const ACTS = ["measure", "grant", "refuse", "refuse-as-false", "keep", "overturn"] as const;
export type Act = (typeof ACTS)[number];

/** How a case stands decided; on appeal it may turn round. */
export const DECISIONS = ["grant", "refuse", "refuse-as-false"] as const satisfies readonly Act[];
export type CaseDecision = (typeof DECISIONS)[number];

/** Who speaks in a case. `subject`: whom it is about, when somebody else filed it. */
export const PARTY_ROLES = ["requester", "subject"] as const;
export type PartyRole = (typeof PARTY_ROLES)[number];

/** What was said when. */
export const STATEMENT_KINDS = ["request", "answer", "appeal", "objection"] as const;
export type StatementKind = (typeof STATEMENT_KINDS)[number];

export const EVIDENCE_TYPES = ["application/pdf", "image/jpeg", "image/png"] as const;
export type EvidenceType = (typeof EVIDENCE_TYPES)[number];
/** Bytes of one file, and files of one case. */
export const EVIDENCE_MAX_BYTES = 5 * 1024 * 1024;
export const EVIDENCE_MAX_FILES = 20;

/** Characters of what somebody says. */
export const STATEMENT_MAX = 2_000;

/** What one officer wants, until another seconds it or sends it back. */
export interface Proposal {
  act: Act;
  /** Names nobody. */
  reason: string;
  /** The actor's kind and id. */
  by: string;
  at: Instant;
  /** Until when a measure, or an exclusion that is imposed, stands; null is permanent, or nothing that ends. */
  until: Instant | null;
}

/** A case as officers list it: it names nobody. */
export interface Case {
  id: string;
  /** `CASE-` and ten characters, the last one a check character. */
  reference: string;
  kind: CaseKind;
  state: CaseState;
  /** Of a third party's: all that its voices stated. */
  grounds: Ground[];
  /** How many ask for it. */
  voices: number;
  /** The person whom it is about, where Register knew them as it was filed by themself. */
  personId: string | null;
  /** What `not-me`, `review` and `longer` are about. */
  exclusionReference: string | null;
  /** The end that `longer` asks for. */
  askedUntil: Instant | null;
  /** What a complaint is about: the operator's id, the day (`2026-11-23`), and the answers to checks that go with it. */
  operator: string | null;
  happenedOn: string | null;
  checks: string[];
  /** What the registry says of who disputes a document. */
  verdict: Verdict | null;
  receivedAt: Instant;
  /** Until when its next step is to be taken. */
  dueAt: Instant;
  hearingUntil: Instant | null;
  /** Until when a provisional measure stands. */
  measureUntil: Instant | null;
  proposal: Proposal | null;
  decision: CaseDecision | null;
  decidedAt: Instant | null;
  /** Until when somebody can appeal, or object to an annulment. */
  appealUntil: Instant | null;
  closedAt: Instant | null;
  /** When what identifies anybody in it was destroyed. */
  erasedAt: Instant | null;
  /** What every step names, so that it is taken on what was read. */
  version: number;
}

/** A line of the timeline. */
export interface CaseStep {
  event: CaseEvent;
  at: Instant;
  /** The actor's kind and id. */
  by: string;
  act: Act | null;
  /** An officer's, who names nobody in it; null where none gave one. */
  reason: string | null;
}

/** What two officers decided (or one, where one may), and whether Register has done it. */
export interface Decided {
  /** Register's command id too. */
  id: string;
  act: Act;
  until: Instant | null;
  proposedBy: string;
  /** Null where one officer decided. */
  secondedBy: string | null;
  reason: string;
  secondReason: string | null;
  decidedAt: Instant;
  /** When Register had done it; null while it has not, or refused. What takes nothing in Register is done at once. */
  carriedOutAt: Instant | null;
  /** Register's refusal: it stands undone and takes an officer. */
  refusal: string | null;
}

/** A file of evidence as it is listed; its name and what it shows are sealed. */
export interface EvidenceFile {
  id: string;
  type: EvidenceType;
  bytes: number;
  addedAt: Instant;
  addedBy: string;
}
