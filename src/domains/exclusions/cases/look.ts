import type { Actor } from "../../../kernel/actor.ts";
import { nameOf } from "../../../office/columns.ts";
import { commit } from "../../../office/commit.ts";
import { allows, type Principal } from "../../authentication/capabilities.ts";
import { CaseSeal } from "./boxes.ts";
import { isOfficers } from "./decide.ts";
import { type Case, type Decided, EVIDENCE_MAX_FILES } from "./model.ts";
import { type CaseParts, sensesOf } from "./parts.ts";
import { actsIn, isOver, mayObject, measureRuns } from "./rules.ts";
import type { CaseLook, MayDecide, OpenedCase } from "./staff-cases-rpc.ts";
import { proposalOf } from "./step.ts";
import { caseByReference, decisionsOf, evidenceOf, partiesOf, statementsOf, stepsOf, type StoredCase, type StoredDecision } from "./store.ts";

/** A case as officers list it. */
export const caseOf = (row: StoredCase): Case => ({
  id: row.id, reference: row.reference, kind: row.kind, state: row.state, grounds: row.grounds, voices: row.voices, personId: row.personId,
  exclusionReference: row.exclusionReference, askedUntil: row.askedUntil, operator: row.operator, happenedOn: row.happenedOn, checks: row.checks,
  verdict: row.verdict, receivedAt: row.createdAt, dueAt: row.dueAt, hearingUntil: row.hearingUntil, measureUntil: row.measureUntil, proposal: proposalOf(row),
  decision: row.decision, decidedAt: row.decidedAt, appealUntil: row.appealUntil, closedAt: row.closedAt, erasedAt: row.erasedAt, version: row.version,
});

/** A case, its timeline and what of it can be done; who is in it stays closed. Null when there is none. */
export async function lookAt(parts: CaseParts, principal: Principal, reference: string): Promise<CaseLook | null> {
  const { office } = parts;
  const found = await caseByReference(office, reference);
  if (!found) return null;
  const [parties, steps, decisions, evidence] = await Promise.all([
    partiesOf(office, found.id), stepsOf(office, found.id), decisionsOf(office, found.id), evidenceOf(office, found.id),
  ]);
  return {
    case: caseOf(found),
    parties: parties.map(({ id, reference, role, grounds, createdAt, withdrawnAt }) => ({ id, reference, role, grounds, filedAt: createdAt, withdrawnAt })),
    steps: steps.map(({ event, at, by, act, reason }) => ({ event, at, by, act, reason })),
    decisions: decisions.map(decidedOf),
    evidence: evidence.map(({ id, type, bytes, addedAt, addedBy }) => ({ id, type, bytes, addedAt, addedBy })),
    may: mayDo(principal, found, decisions, evidence.length, parts.clock()),
  };
}

const decidedOf = ({ id, act, until, proposedBy, secondedBy, reason, secondReason, decidedAt, carriedOutAt, refusal }: StoredDecision): Decided =>
  ({ id, act, until, proposedBy, secondedBy, reason, secondReason, decidedAt, carriedOutAt, refusal });

function mayDo(principal: Principal, found: StoredCase, decisions: readonly StoredDecision[], files: number, now: number): MayDecide {
  const me = nameOf({ kind: "user", id: principal.userId, origin: null });
  const may = allows(principal, "cases:decide", null);
  const decided = found.state === "appealed" && decisions.some(({ proposedBy, secondedBy }) => me === proposedBy || me === secondedBy);
  const isFree = found.proposedBy === null || found.proposedBy === me;
  return {
    acts: may && isFree && !decided ? [...actsIn(found)] : [],
    second: may && !decided && found.proposedBy !== null && found.proposedBy !== me,
    sendBack: may && found.proposedBy !== null,
    notify: may && found.state === "open" && found.voices > 0 && actsIn(found).includes("measure"),
    withdraw: may && isOfficers(found) && (found.state === "open" || found.state === "hearing") && !measureRuns(found, now),
    addEvidence: may && !isOver(found.state) && found.state !== "decided" && files < EVIDENCE_MAX_FILES,
    stop: may && mayObject(found),
    read: found.erasedAt === null && allows(principal, "identities:read", null),
  };
}

/** Who asks, about whom, and what they say: noted in the audit log before anything is opened. Null when there is none, or it was erased. */
export async function openCase(parts: CaseParts, actor: Actor, reference: string, reason: string): Promise<OpenedCase | null> {
  const { office, envelope, random } = parts;
  const found = await caseByReference(office, reference);
  if (!found) return null;
  const audit = { action: "identity.read", resource: `case/${reference}`, payload: { reason, fields: ["phone", "document", "name", "dateOfBirth", "statements"] } };
  await commit(office, { actor, rows: [], audit, answer: {} }, sensesOf(parts));
  const seal = CaseSeal.of(envelope, found, random);
  return seal && opened(parts, found, seal);
}

async function opened({ office }: CaseParts, { id }: StoredCase, seal: CaseSeal): Promise<OpenedCase> {
  const [parties, statements, evidence] = await Promise.all([partiesOf(office, id), statementsOf(office, id), evidenceOf(office, id)]);
  const said = (partyId: string) =>
    statements.filter((one) => one.partyId === partyId).map(({ id: own, kind, at, box }) => ({ kind, at, text: seal.open("caseStatements", own, box!) }));
  return {
    parties: parties.map(({ id: own, role, box }) => {
      const { phone, name, document, dateOfBirth, relation, about } = seal.open("caseParties", own, box!);
      return { id: own, role, phone, name, document, dateOfBirth, relation, about, statements: said(own) };
    }),
    evidence: evidence.map(({ id: own, name }) => ({ id: own, name: seal.open("caseEvidence", own, name!) })),
  };
}
