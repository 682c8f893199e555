import type { Kind, Pseudonym } from "../../bst/kinds.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";
import type { EndMode, PolicyCode } from "./policies.ts";

/** The door a person came through. */
export type Channel = "web";

/**
 * How sure the register is that an identifier is the person's. `code`: a code sent to the phone came back.
 * `typed`: only stated, effective at once and provisional. `registry`: the state's register of persons knows it as theirs.
 */
export type Evidence = "code" | "typed" | "registry";

/** An identifier as it arrives with a command: already a pseudonym. */
export interface StatedIdentifier {
  p: Pseudonym;
  kind: Kind;
  evidence: Evidence;
}

/**
 * What becomes of an identifier within an exclusion. `firm` and `provisional` are in force; a provisional one drops off
 * when nothing has confirmed it in time; `held` waits for an officer and is not in force; `released` is a phone that became
 * somebody else's.
 */
export type Standing = "firm" | "provisional" | "held" | "dropped" | "released";

/** `active` is in force. Nothing but `ended` takes an exclusion out of force, and only after its promised end. */
export type ExclusionState = "active" | "ended";

/** What can happen to an exclusion. */
export type ExclusionEvent =
  | "lengthened" | "identifier-added" | "identifier-confirmed" | "identifier-dropped" | "identifier-released" | "promised-end-passed";

/** State × event → state; what is not listed cannot happen. */
export const TRANSITIONS: Readonly<Record<ExclusionState, Partial<Record<ExclusionEvent, ExclusionState>>>> = {
  active: {
    "lengthened": "active",
    "identifier-added": "active",
    "identifier-confirmed": "active",
    "identifier-dropped": "active",
    "identifier-released": "active",
    "promised-end-passed": "ended",
  },
  ended: {},
};

export interface Exclusion {
  id: string;
  reference: string;
  personId: string;
  state: ExclusionState;
  policy: PolicyCode;
  policyVersion: number;
  endMode: EndMode;
  channel: Channel;
  startedAt: Instant;
  /** The promised end: null is permanent. A `confirmed` exclusion stays in force beyond it. */
  endsAt: Instant | null;
  reviewAt: Instant | null;
  endedAt: Instant | null;
}

/** What the person is shown and can prove: everything here is theirs, and nothing here identifies them. */
export interface Receipt {
  reference: string;
  state: ExclusionState;
  policy: PolicyCode;
  endMode: EndMode;
  startedAt: Instant;
  endsAt: Instant | null;
  reviewAt: Instant | null;
  endedAt: Instant | null;
  identifiers: { kind: Kind; provisionalUntil: Instant | null }[];
}

/** Register's command to exclude a person, or to lengthen the exclusion they have. */
export interface RegisterCommand {
  /** The form's id: the same command again answers the same and changes nothing. */
  commandId: string;
  policy: PolicyCode;
  channel: Channel;
  /** The first is the proven phone; it decides who the person is. */
  identifiers: [StatedIdentifier, ...StatedIdentifier[]];
  /** The identity, sealed by origin; Register cannot read it and passes it on to the person's vault. Null adds nothing. */
  box: Uint8Array | null;
}

export type RegisterResult = Result<
  { outcome: "registered" | "extended" | "unchanged"; personId: string; receipt: Receipt; sequence: number },
  { refusal: "command-reused" | "nothing-to-extend" }
>;
