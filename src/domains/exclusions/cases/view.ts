import type { Instant } from "../../../kernel/clock.ts";
import type { CaseView } from "./cases-rpc.ts";
import { EVIDENCE_MAX_FILES, isThirdParty } from "./model.ts";
import { isOver, mayAnswer, mayAppeal, mayObject, measureRuns } from "./rules.ts";
import type { Part, StoredDecision } from "./store.ts";

/** What a party's view is made of. */
export interface Seen extends Part {
  decisions: readonly StoredDecision[];
  files: readonly { partyId: string | null; files: number }[];
}

const isSubject = ({ party }: Part): boolean => party.role === "subject";

/** Whether a party may know of the case: whom it is about not before they were told, or something was done to them. */
export const isToldTo = ({ party, found }: Part): boolean => party.role === "requester" || found.hearingUntil !== null || found.measureUntil !== null;

/** Somebody who asked about another sees that it was received, and then that it was decided. */
function stateFor({ party, found }: Part): CaseView["state"] {
  if (party.withdrawnAt !== null) return "withdrawn";
  if (found.state === "open" || (found.state === "hearing" && party.role === "requester")) return "received";
  return found.state;
}

/** Officers' words go to whom they are about; whoever asked about another is told the kind of decision alone. */
const mayRead = (part: Part): boolean => isSubject(part) || !(isThirdParty(part.found.kind) || part.found.kind === "disputed-document");

function mayDo(seen: Seen, now: Instant): CaseView["may"] {
  const { party, found } = seen;
  const isOpen = found.state === "open" || found.state === "hearing";
  const speaks = party.withdrawnAt === null;
  return {
    answer: isSubject(seen) && mayAnswer(found),
    appeal: speaks && mayAppeal(found, party.role, now),
    object: mayObject(found),
    withdraw: speaks && isOpen && !isSubject(seen) && !(found.voices === 1 && measureRuns(found, now)),
    addEvidence: speaks && (isOpen || found.state === "appealed") && totalOf(seen) < EVIDENCE_MAX_FILES,
  };
}

const totalOf = ({ files }: Seen): number => files.reduce((sum, one) => sum + one.files, 0);

/** A case as one of its parties sees it. */
export function viewFor(seen: Seen, now: Instant): CaseView {
  const { party, found, decisions, files } = seen;
  const subject = isSubject(seen);
  const decided = found.decision !== null && stateFor(seen) !== "withdrawn";
  const last = decisions.findLast(({ act }) => act !== "measure");
  return {
    reference: party.reference,
    kind: found.kind,
    role: party.role,
    state: stateFor(seen),
    filedAt: party.createdAt,
    exclusionReference: subject ? null : found.exclusionReference,
    askedUntil: found.askedUntil,
    operator: found.operator,
    files: files.find(({ partyId }) => partyId === party.id)?.files ?? 0,
    dueAt: isThirdParty(found.kind) || found.decision !== null || isOver(found.state) ? null : found.dueAt,
    grounds: subject ? found.grounds : party.grounds,
    notice: subject ? found.notice : null,
    hearingUntil: subject ? found.hearingUntil : null,
    measureUntil: subject ? found.measureUntil : null,
    decision: decided ? (found.decision === "grant" ? "granted" : "refused") : null,
    decidedAt: decided ? found.decidedAt : null,
    reason: decided && mayRead(seen) ? (last?.reason ?? null) : null,
    appealUntil: found.state === "decided" && decided ? found.appealUntil : null,
    may: mayDo(seen, now),
  };
}
