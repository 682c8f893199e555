import type { Kind } from "../../bst/kinds.ts";
import type { Lineage } from "../../bst/lineage.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";
import type { ChosenPolicy, EndMode, PolicyCode } from "./policies.ts";

/** The door an exclusion came through: a page, a USSD session, an SMS, or a case that officers decided. */
export const CHANNELS = ["web", "ussd", "sms", "office"] as const;
export type Channel = (typeof CHANNELS)[number];

/** Who wanted it: the person themself, or somebody else whose request officers decided on. */
export const ORIGINS = ["self", "family", "operator", "court", "regulator"] as const;
export type Origin = (typeof ORIGINS)[number];
export type OtherOrigin = Exclude<Origin, "self">;

/**
 * How sure the register is that an identifier is the person's. `code`: a code sent to the phone came back. `network`: the
 * mobile network vouches for the number. `typed`: only stated, effective at once and provisional. `registry`: the state's
 * register of persons knows it as theirs. `officer`: two officers were shown that it is.
 */
export type Evidence = "code" | "network" | "typed" | "registry" | "officer";

/** An identifier as it arrives with a command: already pseudonyms. */
export interface StatedIdentifier {
  /** Within Register it is the one pseudonym it is kept under, from the verb's first line on. */
  p: Lineage;
  kind: Kind;
  evidence: Evidence;
}

/**
 * What becomes of an identifier within an exclusion. `firm` and `provisional` are in force; a provisional one drops off
 * when nothing has confirmed it in time; `held` waits for an officer and is not in force; `released` is a phone that became
 * somebody else's.
 */
export type Standing = "firm" | "provisional" | "held" | "dropped" | "released";

export const EXCLUSION_STATES = ["active", "ending", "provisional", "annulling", "ended", "annulled", "dismissed"] as const;

/**
 * The first four are in force. `ending`: its holder asked to end it and may still change their mind. `provisional`: a measure
 * while somebody else's request is decided. `annulling`: two officers found that it was never its holder's, and the time to
 * object runs. `ended`, `annulled` and `dismissed` are out of force for good.
 */
export type ExclusionState = (typeof EXCLUSION_STATES)[number];

export const IN_FORCE = ["active", "ending", "provisional", "annulling"] as const satisfies readonly ExclusionState[];

/** What can happen to an exclusion. */
export type ExclusionEvent =
  | "lengthened" | "identifier-added" | "identifier-confirmed" | "identifier-dropped" | "identifier-released"
  | "reminded" | "renewed" | "review-granted" | "review-refused"
  | "ending-asked" | "ending-cancelled" | "ending-lapsed" | "ending-confirmed" | "promised-end-passed"
  | "measure-upheld" | "measure-lapsed" | "dismissed" | "annulment-begun" | "annulment-stopped" | "annulled";

const IDENTIFIERS_CHANGE = <State extends ExclusionState>(state: State) =>
  ({ "identifier-added": state, "identifier-confirmed": state, "identifier-dropped": state, "identifier-released": state }) as const;

/** State × event → state; what is not listed cannot happen. docs/states.md draws it. */
export const TRANSITIONS: Readonly<Record<ExclusionState, Partial<Record<ExclusionEvent, ExclusionState>>>> = {
  active: {
    ...IDENTIFIERS_CHANGE("active"),
    "lengthened": "active",
    "reminded": "active",
    "renewed": "active",
    "review-granted": "active",
    "review-refused": "active",
    "ending-asked": "ending",
    "promised-end-passed": "ended",
    "dismissed": "dismissed",
    "annulment-begun": "annulling",
  },
  ending: {
    ...IDENTIFIERS_CHANGE("ending"),
    "lengthened": "active",
    "ending-cancelled": "active",
    "ending-lapsed": "active",
    "ending-confirmed": "ended",
    "annulment-begun": "annulling",
  },
  provisional: {
    ...IDENTIFIERS_CHANGE("provisional"),
    "measure-upheld": "active",
    "measure-lapsed": "dismissed",
    "dismissed": "dismissed",
  },
  annulling: {
    ...IDENTIFIERS_CHANGE("annulling"),
    "lengthened": "active",
    "annulment-stopped": "active",
    "promised-end-passed": "ended",
    "annulled": "annulled",
  },
  ended: {},
  annulled: {},
  dismissed: {},
};

export interface Exclusion {
  id: string;
  reference: string;
  personId: string;
  state: ExclusionState;
  origin: Origin;
  /** The case that imposed it; null when its holder did. */
  caseReference: string | null;
  policy: PolicyCode;
  policyVersion: number;
  endMode: EndMode;
  channel: Channel;
  /** A county's code, as its holder said for statistics; null was not said. */
  county: string | null;
  startedAt: Instant;
  /** The promised end: null is permanent. A `confirmed` exclusion stays in force beyond it. */
  endsAt: Instant | null;
  /** When a permanent one can be reviewed next. */
  reviewAt: Instant | null;
  /** When officers granted the review: from then on its holder can ask to end it. */
  reviewGrantedAt: Instant | null;
  /** While `ending`: from when the second act ends it, and when the first one is forgotten. */
  endableFrom: Instant | null;
  endingLapsesAt: Instant | null;
  /** While `provisional`: when the measure lapses undecided. */
  measureUntil: Instant | null;
  /** While `annulling`: when it is annulled unless somebody objects. */
  annulsAt: Instant | null;
  /** When the next term of a permanent one begins, and how many have begun after the first. */
  renewsAt: Instant | null;
  renewals: number;
  /** Reminders of the promised end up to here are behind it. */
  remindedAt: Instant | null;
  endedAt: Instant | null;
}

/** What the person is shown and can prove: everything here is theirs, and nothing here identifies them. */
export interface Receipt {
  reference: string;
  state: ExclusionState;
  origin: Origin;
  caseReference: string | null;
  policy: PolicyCode;
  endMode: EndMode;
  startedAt: Instant;
  endsAt: Instant | null;
  reviewAt: Instant | null;
  /** From when its holder can ask to end it; null when that is not for them, or not yet known. */
  askableFrom: Instant | null;
  endableFrom: Instant | null;
  endingLapsesAt: Instant | null;
  measureUntil: Instant | null;
  annulsAt: Instant | null;
  endedAt: Instant | null;
  identifiers: { kind: Kind; provisionalUntil: Instant | null }[];
}

/** What a person is told of what happened to an exclusion of theirs. */
export type HistoryEvent =
  | "began" | "measure-upheld" | "dismissed" | "ended" | "annulled"
  | Extract<
    ExclusionEvent,
    | "lengthened" | "reminded" | "renewed" | "review-granted" | "review-refused" | "ending-asked" | "ending-cancelled" | "ending-lapsed"
    | "annulment-begun" | "annulment-stopped"
  >;

export interface HistoryStep {
  at: Instant;
  event: HistoryEvent;
  /** The end that was promised from then on, where it was `lengthened`; null is permanent. */
  endsAt: Instant | null;
}

/** Register's command to exclude a person, or to lengthen the exclusion they have. */
export interface RegisterCommand {
  /** The form's id: the same command again answers the same and changes nothing. */
  commandId: string;
  policy: ChosenPolicy;
  channel: Channel;
  /** A county's code, for statistics; null, or left out by the release before, was not said. */
  county?: string | null;
  /** The first is the proven phone; it decides who the person is. */
  identifiers: [StatedIdentifier, ...StatedIdentifier[]];
  /** The identity, sealed by origin; Register cannot read it and passes it on to the person's vault. Null adds nothing. */
  box: Uint8Array | null;
}

export type RegisterResult = Result<
  { outcome: "registered" | "extended" | "unchanged"; personId: string; receipt: Receipt; sequence: number },
  { refusal: "command-reused" | "nothing-to-extend" }
>;
