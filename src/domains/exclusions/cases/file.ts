import { type Lineage, nameOf } from "../../../bst/lineage.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { makeReference, REFERENCES, uuidv7 } from "../../../kernel/ids.ts";
import { createdBy } from "../../../office/columns.ts";
import { type Change, type Command, type Committed, once } from "../../../office/commit.ts";
import { CaseSeal, type Named, type PartyIdentity } from "./boxes.ts";
import { eachOnce } from "./input.ts";
import type { CaseKind, Ground, PartyRole } from "./model.ts";
import type { CaseParts } from "./parts.ts";
import { firstDue } from "./rules.ts";
import { NO_PROPOSAL, step } from "./step.ts";
import { caseToJoin, insertCase, insertParty, insertStatement, insertStep, type StoredCase, type StoredParty, voiceOf } from "./store.ts";

/** A request in canonical writing. */
export interface Filing {
  kind: CaseKind;
  requester: PartyIdentity;
  /** Null of what an officer files. */
  requesterKey: string | null;
  /** Whom it is about, when it is about another. */
  subject: (Named & { phone: string }) | null;
  /** Whom it is about, the requester included; null where any number may be open at once. */
  subjectKey: string | null;
  grounds: Ground[];
  statement: string;
  columns: Partial<Pick<StoredCase, "personId" | "exclusionReference" | "askedUntil" | "operator" | "happenedOn" | "checks" | "verdict">>;
}

/** The case, and the requester's own reference of it. */
export interface Filed {
  reference: string;
  own: string;
}

type Refused = { ok: false; refusal: "already-open"; reference: string };
export type FilingResult = Committed<Filed> | Refused;

/** So often a request that met another about the same person is looked at anew. */
const TRIES = 32;

/** Opens a case, or joins the one that is open about the same person; once a command. `by`: who is noted as having filed, by their own reference. */
export async function fileCase(parts: CaseParts, filing: Filing, command: Command, by: (own: string) => Actor): Promise<FilingResult> {
  for (let tries = 1; ; tries++) {
    const now = parts.clock();
    const done: FilingResult = await once<Filed, Refused>(parts.office, command, { now, random: parts.random }, () => filed(parts, filing, by, now));
    const metAnother = !done.ok && (done.refusal === "duplicate" || done.refusal === "conflict");
    if (!metAnother || tries === TRIES) return done;
  }
}

async function filed(parts: CaseParts, filing: Filing, by: (own: string) => Actor, now: Instant): Promise<Change<Filed> | Refused> {
  const { kind, subjectKey, requesterKey } = filing;
  const open = subjectKey === null ? null : await caseToJoin(parts.office, kind, subjectKey);
  if (!open) return opening(parts, filing, by, now);
  const known = requesterKey === null ? null : await voiceOf(parts.office, open.id, requesterKey);
  return known ? { ok: false, refusal: "already-open", reference: known.reference } : joining(parts, filing, by, open, now);
}

function opening(parts: CaseParts, filing: Filing, by: (own: string) => Actor, now: Instant): Change<Filed> {
  const { office: { primary }, envelope, random, settings } = parts;
  const own = makeReference(REFERENCES.case, random);
  const actor = by(own);
  const base = createdBy(actor, now, random);
  const { seal, columns } = CaseSeal.begin(envelope, base.id, random);
  const found = newCase(filing, { ...base, reference: makeReference(REFERENCES.case, random), ...columns, dueAt: firstDue(filing.kind, now, settings) });
  const line = { caseId: base.id, number: base.version, event: "filed", at: now, by: base.createdBy, act: null, reason: null } as const;
  return {
    actor,
    rows: [insertCase(primary, found), insertStep(primary, line), ...voice(parts, seal, filing, found, { own, actor, now }), ...subjectOf(parts, seal, filing, found, { actor, now })],
    audit: { action: "case.filed", resource: `case/${found.reference}`, payload: { kind: filing.kind } },
    answer: { reference: found.reference, own },
  };
}

type Begun = Pick<StoredCase, "id" | "createdAt" | "createdBy" | "updatedAt" | "updatedBy" | "version" | "reference" | "dataKey" | "keyId" | "dueAt">;

const newCase = ({ kind, subjectKey, grounds, columns }: Filing, begun: Begun): StoredCase => ({
  kind, state: "open", subjectKey, grounds: eachOnce(grounds), voices: 1, personId: null, exclusionReference: null, askedUntil: null, operator: null,
  happenedOn: null, checks: [], verdict: null, hearingUntil: null, notice: null, measureUntil: null, imposedAs: null, ...NO_PROPOSAL,
  decision: null, decidedAt: null, appealUntil: null, closedAt: null, erasedAt: null, ...columns, ...begun,
});

function joining(parts: CaseParts, filing: Filing, by: (own: string) => Actor, found: StoredCase, now: Instant): Change<Filed> {
  const own = makeReference(REFERENCES.case, parts.random);
  const actor = by(own);
  const seal = CaseSeal.of(parts.envelope, found, parts.random)!;
  const set = { voices: found.voices + 1, grounds: eachOnce([...found.grounds, ...filing.grounds]) };
  return step(parts, { actor, now }, found, { event: "joined", set, rows: voice(parts, seal, filing, found, { own, actor, now }) }, { reference: found.reference, own })!;
}

interface Speaking {
  own: string;
  actor: Actor;
  now: Instant;
}

function voice({ office: { primary }, random }: CaseParts, seal: CaseSeal, filing: Filing, { id: caseId }: Pick<StoredCase, "id">, { own, actor, now }: Speaking) {
  const base = createdBy(actor, now, random);
  const box = seal.close("caseParties", base.id, filing.requester);
  const said = uuidv7(now, random);
  return [
    insertParty(primary, party(base, caseId, own, "requester", filing.requesterKey, box, filing.grounds)),
    insertStatement(primary, { id: said, caseId, partyId: base.id, kind: "request", at: now, box: seal.close("caseStatements", said, filing.statement) }),
  ];
}

/** Whom it is about has a part in it from the beginning, to be found by; they see it once they are told. */
function subjectOf({ office: { primary }, random }: CaseParts, seal: CaseSeal, { subject, subjectKey, requester }: Filing, { id: caseId }: StoredCase, { actor, now }: Omit<Speaking, "own">) {
  if (!subject) return [];
  const base = createdBy(actor, now, random);
  const identity: PartyIdentity = { ...subject, dateOfBirth: null, relation: null, locale: requester.locale, about: null };
  return [insertParty(primary, party(base, caseId, makeReference(REFERENCES.case, random), "subject", subjectKey, seal.close("caseParties", base.id, identity), []))];
}

const party = (
  base: ReturnType<typeof createdBy>, caseId: string, reference: string, role: PartyRole, phoneKey: string | null, box: Uint8Array, grounds: Ground[],
): StoredParty => ({ ...base, caseId, reference, role, phoneKey, grounds, foundFalseAt: null, withdrawnAt: null, box });

/** The lineage of a phone in E.164. */
export async function pseudonymOf({ tokenizer }: Pick<CaseParts, "tokenizer">, phone: string): Promise<Lineage> {
  const [known] = await tokenizer.evaluate([{ kind: "msisdn", value: phone }]);
  if (!known) throw new Error("The tokenizer answered for fewer identifiers than it was asked");
  return known.p;
}

/** Whether two lineages are one identifier's. */
export const isSame = (a: Lineage, b: Lineage): boolean => nameOf(a) === nameOf(b);
