import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Visitor } from "../../authentication/sessions/model.ts";
import type { StaffRefusal } from "../../users/people/rpc.ts";
import type { TypedSubject } from "./cases-rpc.ts";
import type {
  Act, Case, CaseKind, CaseState, CaseStep, Decided, EvidenceFile, EvidenceType, Ground, OfficeKind, PartyRole, Relation, StatementKind,
} from "./model.ts";

/** Which cases; without `state` those that are not over. */
export interface CaseFilter {
  state?: CaseState | undefined;
  kind?: CaseKind | undefined;
  /** `mine`: the asker's own proposals that wait for a second. `others`: those the asker could second. */
  proposal?: "mine" | "others" | undefined;
  overdue?: true | undefined;
}

/** What an officer can do with a case now, as far as the state, their capabilities and who they are say. */
export interface MayDecide {
  /** The acts they can propose, or decide alone where one officer may; with `until` those that take an end. */
  acts: Act[];
  /** Second what another proposed. */
  second: boolean;
  /** Send back what was proposed, by whomever. */
  sendBack: boolean;
  notify: boolean;
  /** Of what an officer filed. */
  withdraw: boolean;
  addEvidence: boolean;
  /** Stop an annulment: one officer is enough. */
  stop: boolean;
  /** Open what was said, and files. */
  read: boolean;
}

/** A voice as it is shown before anything is opened. */
export interface PartyLook {
  id: string;
  reference: string;
  role: PartyRole;
  grounds: Ground[];
  filedAt: Instant;
  withdrawnAt: Instant | null;
}

export interface CaseLook {
  case: Case;
  parties: PartyLook[];
  /** Oldest first. */
  steps: CaseStep[];
  decisions: Decided[];
  evidence: EvidenceFile[];
  may: MayDecide;
}

/** Somebody as they were named. */
export interface OpenedPerson {
  /** E.164; null of a court or an operator. */
  phone: string | null;
  name: string | null;
  document: { kind: string; number: string } | null;
}

/** Who the parties are and what they said, opened. */
export interface OpenedCase {
  /** The subject's is whom it is about, as the first requester named them; of `disputed-document` the requester has the document. */
  parties: (OpenedPerson & {
    id: string;
    role: PartyRole;
    dateOfBirth: string | null;
    relation: Relation | null;
    /** Whom a requester means. */
    about: OpenedPerson | null;
    statements: { kind: StatementKind; at: Instant; text: string }[];
  })[];
  /** What the files are called, by id. */
  evidence: { id: string; name: string }[];
}

export interface OnCase {
  visitor: Visitor;
  reference: string;
}

/** A step on the version that was read. `reason` is kept in clear, 10 to 500 characters on one line, and names nobody. */
export interface Step extends OnCase {
  version: number;
  reason: string;
}

/** What an officer files for an operator or a court. */
export interface OfficeRequest {
  kind: OfficeKind;
  /** Who asks: the court, or the operator. */
  name: string;
  subject: TypedSubject;
  grounds: Ground[];
  statement: string;
}

/** What is wrong with what an officer typed. */
export type FilingRefusal =
  | { refusal: "name-missing"; field: "name" | "subjectName" }
  | { refusal: "statement-missing" | "text-unreadable" | "text-too-long"; field: "statement" | "name" | "subjectName" }
  | { refusal: "subject-phone-invalid"; field: "subjectPhone" }
  | { refusal: "document-invalid"; field: "subjectDocument" }
  | { refusal: "choice-missing"; field: "grounds" };

/**
 * Why a step is not taken. `reason-unfit`: too short or long, or it names somebody. `not-now`: the state does not know it. `act-unfit`:
 * not of this kind. `evidence-missing`: a measure takes evidence. `hearing-runs`: the person was not heard yet, and has time.
 * `until-missing`, `until-unfit`: a measure ends within 30 days, an exclusion later than now. `proposal-waits`, `nothing-proposed`. `own-proposal`: one's own takes another
 * officer. `decided-before`: who decided it does not decide the appeal. `conflict`: it was changed meanwhile, and is to be read again.
 */
export type StepRefusal =
  | StaffRefusal
  | {
    refusal:
      | "reason-unfit" | "not-now" | "act-unfit" | "evidence-missing" | "hearing-runs" | "until-missing" | "until-unfit" | "proposal-waits" | "nothing-proposed"
      | "own-proposal" | "decided-before" | "conflict" | "command-reused";
  };

export type EvidenceRefusal = { refusal: "evidence-empty" | "evidence-too-large" | "evidence-type" | "evidence-too-many" };

type Answer<T, Refusal = never> = Promise<Result<T, StaffRefusal | Refusal>>;

/**
 * What the portal may ask of origin for the regulator's people about cases. `cases:read` looks, `cases:decide` takes steps; reading who
 * somebody is takes `identities:read`. Steps and opened words take a factor of the last 5 minutes (`proof-due`).
 */
export interface StaffCasesRpc {
  /** The most urgent first, 50 a page; `next` asks for the one after it. */
  list(request: { visitor: Visitor; filter: CaseFilter; after: string | null }): Answer<{ cases: Case[]; next: string | null }>;
  look(request: OnCase): Answer<CaseLook>;
  /** Who asks, about whom, and what they say. Leaves an entry in the audit log before anything is opened. */
  open(request: OnCase & { reason: string }): Answer<{ opened: OpenedCase }, { refusal: "reason-unfit" }>;
  /** Repeatable by `formId`. Joins an open case of the kind about the same person, whose reference it answers. */
  file(request: { visitor: Visitor; formId: string; request: OfficeRequest }): Answer<{ reference: string }, FilingRefusal | { refusal: "command-reused" }>;
  /** Tells the person that they are heard, by SMS and on their page, where the reason is shown. The hearing begins. */
  notify(request: Step): Promise<Result<object, StepRefusal>>;
  /** Proposes an act, instead of what one proposed before; where one officer may, decides it. */
  propose(request: Step & { act: Act; until: Instant | null }): Promise<Result<object, StepRefusal>>;
  /** Seconds another's proposal as it stands in this version: it is decided, and Register carries it out within a minute. */
  second(request: Step): Promise<Result<object, StepRefusal>>;
  sendBack(request: Step): Promise<Result<object, StepRefusal>>;
  /** Of what an officer filed. */
  withdraw(request: Step): Promise<Result<object, StepRefusal>>;
  /** Stops an annulment that is begun: the exclusion stays in force. */
  stop(request: Step): Promise<Result<object, StepRefusal>>;
  /** The same file again is one. */
  addEvidence(request: OnCase & { name: string; bytes: Uint8Array }): Answer<object, EvidenceRefusal | { refusal: "not-now" }>;
  /** Leaves an entry in the audit log before the file is opened. */
  readEvidence(request: OnCase & { id: string; reason: string }): Answer<{ file: { name: string; type: EvidenceType; bytes: Uint8Array } }, { refusal: "reason-unfit" }>;
}
