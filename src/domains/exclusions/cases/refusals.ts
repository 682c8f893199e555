import { ProblemError } from "../../../api/problem.ts";
import type { ProblemCode } from "../../../kernel/problem.ts";
import type { DecideRefusal } from "./decide.ts";
import type { FilingRefusal, EvidenceRefusal } from "./staff-cases-rpc.ts";

type Said = readonly [code: ProblemCode, detail?: string, pointer?: string];

const STEP: Readonly<Record<DecideRefusal["refusal"], Said>> = {
  "case-unknown": ["not-found"],
  "conflict": ["conflict", "It was changed meanwhile: read it again."],
  "not-now": ["conflict", "Its state does not know this step."],
  "proposal-waits": ["conflict", "Another's proposal waits: second it or send it back."],
  "nothing-proposed": ["conflict", "Nothing is proposed."],
  "own-proposal": ["conflict", "A proposal takes another officer as its second."],
  "decided-before": ["conflict", "An appeal is decided by officers who did not decide before."],
  "hearing-runs": ["conflict", "The person was not heard yet, and has time to answer."],
  "evidence-missing": ["conflict", "A measure takes evidence."],
  "act-unfit": ["field-invalid", "is none of this kind of case", "/act"],
  "until-missing": ["field-invalid", "is needed for this act", "/until"],
  "until-unfit": ["field-invalid", "does not go with this act, or is not ahead and within its bounds", "/until"],
};

const EVIDENCE: Readonly<Record<EvidenceRefusal["refusal"] | "not-now", Said>> = {
  "evidence-empty": ["field-invalid", "is empty", "/content"],
  "evidence-too-large": ["field-invalid", "is larger than 5 MB", "/content"],
  "evidence-type": ["field-invalid", "is no PDF, JPEG or PNG", "/content"],
  "evidence-too-many": ["conflict", "The case has as many files as one may have."],
  "not-now": STEP["not-now"],
};

const FIELDS: Readonly<Record<FilingRefusal["field"], string>> = {
  name: "/name", subjectName: "/subject/name", subjectPhone: "/subject/phone", subjectDocument: "/subject/document", grounds: "/grounds", statement: "/statement",
};

const DETAILS: Readonly<Record<FilingRefusal["refusal"], string>> = {
  "name-missing": "is missing",
  "statement-missing": "is missing",
  "text-unreadable": "must be text without control characters",
  "text-too-long": "is too long",
  "subject-phone-invalid": "must be a mobile number of Kenya's",
  "document-invalid": "cannot be a document of this kind",
  "choice-missing": "must be one or more that this kind of case can have",
};

function refuse([code, detail, pointer]: Said): never {
  if (pointer !== undefined) throw new ProblemError(code, { errors: [{ pointer, detail: detail! }] });
  throw new ProblemError(code, detail === undefined ? {} : { detail });
}

/** Answers what was refused of an officer's step. */
export const refuseStep = ({ refusal }: DecideRefusal): never => refuse(STEP[refusal]);

export const refuseEvidence = ({ refusal }: { refusal: keyof typeof EVIDENCE }): never => refuse(EVIDENCE[refusal]);

/** Answers what was wrong with a filing, by its field. */
export const refuseFiling = (refused: FilingRefusal | { refusal: "command-reused" }): never =>
  "field" in refused ? refuse(["field-invalid", DETAILS[refused.refusal], FIELDS[refused.field]]) : refuse(["idempotency-key-reused"]);
