import type { Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { TypedDocument } from "../citizen-rpc.ts";
import type { CaseKind, Ground, PartyRole, Relation } from "./model.ts";

/** Who is to be excluded, as somebody else knows them. */
export interface TypedSubject {
  phone: string;
  name: string;
  /** Null when it is not known. */
  document: Pick<TypedDocument, "kind" | "value"> | null;
}

/** What a citizen asks for, as typed. A statement has at most `STATEMENT_MAX` characters. */
export type Request =
  /** `exclusion`: the reference. A number that was somebody else's before belongs to /number: `recycled-number` says so. */
  | { kind: "not-me"; exclusion: string; numberWasAnothers: boolean; statement: string }
  | { kind: "disputed-document"; document: TypedDocument; statement: string }
  | { kind: "family"; name: string; subject: TypedSubject; relation: Relation; grounds: Ground[]; statement: string }
  | { kind: "review"; exclusion: string; statement: string }
  /** `until`: a day in Nairobi, `2027-05-01`: in force to its end. */
  | { kind: "longer"; exclusion: string; until: string; statement: string }
  /** `happenedOn`: a day; `checks`: the answer ids, out of the person's access list, that they choose to show. */
  | { kind: "complaint"; operator: string; happenedOn: string; checks: string[]; statement: string };

export interface FileRequest {
  /** Of a code that the phone proved in the last 5 minutes, whether or not an exclusion is known of it. */
  grant: string;
  /** The same form again answers the same. */
  formId: string;
  /** The phone that was proven, as typed: it is told of the decision. */
  phone: string;
  locale: Locale;
  request: Request;
}

/** A case as one of its parties sees it. A requester's shows nothing of other requesters, nor of what the register knows of the person. */
export interface CaseView {
  /** The party's own: each requester of one case has another. */
  reference: string;
  kind: CaseKind;
  role: PartyRole;
  /** `received`: officers have it. A requester of `family` sees nothing between this and `decided`. */
  state: "received" | "hearing" | "decided" | "appealed" | "closed" | "withdrawn";
  filedAt: Instant;
  exclusionReference: string | null;
  /** The end that `longer` asks for; the operator's id of a complaint. */
  askedUntil: Instant | null;
  operator: string | null;
  /** How many files this party added. */
  files: number;
  /** Until when it is to be decided; null of `family`, and once it was. */
  dueAt: Instant | null;
  /** To the subject alone: why it is asked for, what officers wrote them, until when they can answer, and until when a measure stands. */
  grounds: Ground[];
  notice: string | null;
  hearingUntil: Instant | null;
  measureUntil: Instant | null;
  /** Of `disputed-document`, `granted` says that the document stands nowhere for whoever typed it, and not whether it did. */
  decision: "granted" | "refused" | null;
  decidedAt: Instant | null;
  /** Officers' words for it: to whom it is about. Requesters of `family` and `disputed-document` are told the kind of decision alone. */
  reason: string | null;
  /** Until when an appeal, or an objection, can be made. */
  appealUntil: Instant | null;
  /** What the party can do now. */
  may: { answer: boolean; appeal: boolean; object: boolean; withdraw: boolean; addEvidence: boolean };
}

/**
 * Why a verb refuses. `proof-too-old`: the code was proven more than 5 minutes ago. `too-many-requests`: as many as one may
 * file in a year were; `refused-for-a-year`: two of theirs were found knowingly false. `already-open`: what they asked for lies with
 * officers already. `case-unknown`: there is none, or not for this phone. `not-now`: the case is in another state, or time has passed.
 * `measure-runs`: a case with a measure in force is decided, not withdrawn.
 */
export type CaseRefusal =
  | { refusal: "grant-invalid" | "proof-too-old" | "form-reused" | "too-many-requests" | "refused-for-a-year" | "case-unknown" | "not-now" | "measure-runs"; field: null }
  | { refusal: "already-open"; field: null; reference: string }
  | FieldRefusal;

/** What is wrong with a field; the page turns it into words beside it. */
export type FieldRefusal =
  | { refusal: "phone-elsewhere"; field: "phone" }
  | { refusal: "statement-missing" | "text-too-long" | "text-unreadable"; field: "statement" }
  | { refusal: "name-missing" | "text-too-long" | "text-unreadable"; field: "name" | "subjectName" }
  | { refusal: "subject-phone-invalid" | "about-oneself"; field: "subjectPhone" }
  | { refusal: "document-missing" | "document-invalid"; field: "document" | "subjectDocument" }
  | { refusal: "birth-missing" | "birth-unreadable" | "birth-impossible"; field: "dateOfBirth" }
  | { refusal: "choice-missing"; field: "relation" | "grounds" | "operator" }
  | { refusal: "date-unreadable" | "date-impossible"; field: "until" | "happenedOn" }
  /** `not-longer`: it would end no later than it does. */
  | { refusal: "not-longer"; field: "until" }
  /** `exclusion-unknown`: none of this phone's holder's own in force. `not-permanent`: only those are reviewed. */
  | { refusal: "exclusion-unknown" | "recycled-number" | "not-permanent"; field: "exclusion" }
  | { refusal: "too-early"; field: "exclusion"; from: Instant }
  | { refusal: "evidence-empty" | "evidence-too-large" | "evidence-type" | "evidence-too-many"; field: "evidence" };

export type CaseResult<T> = Result<T, CaseRefusal>;

/** Which case, and by whom. */
export interface OnCase {
  grant: string;
  formId: string;
  reference: string;
}

/**
 * What the portal may ask of origin for a person in cases. Whom a phone's grant finds is who filed with this phone, and whom a case is
 * about by this phone; everybody else's case is `case-unknown`. All but `mine` take a code of the last 5 minutes.
 */
export interface CasesRpc {
  /** Takes a request. About a person of whom another asked before it joins that case, and answers alike. Repeatable by `formId`. */
  file(request: FileRequest): Promise<CaseResult<{ case: CaseView }>>;
  /** What this phone filed and what is about it, newest first. */
  mine(grant: string): Promise<CaseResult<{ cases: CaseView[] }>>;
  /** Whom it is about is heard. As often as they like, until it is decided. */
  answer(request: OnCase & { statement: string; locale: Locale }): Promise<CaseResult<{ case: CaseView }>>;
  /** Of a decision on somebody else's request: by whom it is about, or who asked. Once. */
  appeal(request: OnCase & { statement: string; locale: Locale }): Promise<CaseResult<{ case: CaseView }>>;
  /** To the annulment of one's own exclusion, by the case's reference or the exclusion's: it stays in force. */
  object(request: OnCase & { statement: string; locale: Locale }): Promise<CaseResult<{ case: CaseView }>>;
  /** Takes one's own request back; others' voices in the same case stay. */
  withdraw(request: OnCase): Promise<CaseResult<{ case: CaseView }>>;
  /** A PDF, JPEG or PNG by what is in it, at most `EVIDENCE_MAX_BYTES`. The same file again is one. */
  addEvidence(request: OnCase & { name: string; bytes: Uint8Array }): Promise<CaseResult<object>>;
  /** What the companies are called that one can complain about, by id, in the order of their names. */
  operators(): Promise<Record<string, string>>;
}
