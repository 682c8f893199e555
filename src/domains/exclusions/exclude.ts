import { equalBytes } from "../../kernel/bytes.ts";
import type { Instant, Random } from "../../kernel/clock.ts";
import { makeReference, REFERENCES, uuidv7 } from "../../kernel/ids.ts";
import { recordAudit } from "../../objects/audit.ts";
import type { Transaction } from "../../objects/database.ts";
import { setDue } from "../../objects/due.ts";
import { enqueue } from "./deliveries/store.ts";
import { DROP_TASK } from "./drop.ts";
import { bringInForce } from "./force.ts";
import { logHead } from "./log/store.ts";
import type { Exclusion, ExclusionState, RegisterCommand, RegisterResult, StatedIdentifier } from "./model.ts";
import { type Move, move, sayLonger, WAKE_TASK } from "./move.ts";
import { notify } from "./notify.ts";
import type { Statement } from "./outbox.ts";
import { POLICIES } from "./policies.ts";
import {
  type Decision, type Held, type Promised, type Settings, type Stated, after, decide, inForce, next, phonesBehind, promise, receiptOf,
} from "./rules.ts";
import {
  addIdentifier, crossReference, identifiersOf, insertExclusion, isReferenceTaken, lengthen, nextDropOff, nextWake, othersWith,
} from "./store.ts";

/** One command at work: the transaction it stands or falls with, and what it may use. */
export interface Work {
  transaction: Transaction;
  now: Instant;
  random: Random;
  settings: Settings;
}

/** The transaction at its moment. */
type Moment = Pick<Work, "transaction" | "now">;

/** The person a command is about, and their exclusion in force. */
export interface Subject {
  personId: string;
  active: Exclusion | null;
}

/** What is asked for them. No identifiers: those of the exclusion in force stay as they are. */
export type Asked = Omit<RegisterCommand, "identifiers"> & { identifiers: readonly StatedIdentifier[] };

/** Writes everything a command does for a person: after this the exclusion is in force, and everybody is going to hear. */
export function exclude(work: Work, subject: Subject, asked: Asked): RegisterResult {
  const { transaction, now, settings } = work;
  const known = subject.active && { promised: subject.active, identifiers: identifiersOf(transaction, subject.active.id) };
  const stated = asked.identifiers.map((identifier) => meet(work, subject.personId, identifier));
  const decision = decide(known, promise(POLICIES[asked.policy], now), stated, now, settings);
  const exclusion = subject.active
    ? prolong(work, subject.active, decision, asked)
    : begin(work, subject.personId, decision.promised, asked);
  for (const identifier of decision.added) add(work, exclusion, identifier);
  tell(work, subject.active, exclusion, decision, asked);
  setDue(transaction, WAKE_TASK, nextWake(transaction));
  setDue(transaction, DROP_TASK, nextDropOff(transaction));
  const receipt = receiptOf(exclusion, identifiersOf(transaction, exclusion.id), now);
  return { ok: true, outcome: decision.outcome, personId: subject.personId, receipt, sequence: logHead(transaction).seq };
}

const MARK_BYTES = 16;

/** Finds who else stated the identifier, and leaves a cross-reference to each: nobody is merged by what somebody typed. */
export function meet({ transaction, now, random }: Omit<Work, "settings">, personId: string, identifier: StatedIdentifier): Stated {
  const others = othersWith(transaction, identifier.p, personId);
  for (const other of others) {
    crossReference(transaction, { p: identifier.p, personId, otherPersonId: other.personId, at: now, mark: random(MARK_BYTES) });
  }
  return { ...identifier, phonesBehind: phonesBehind(others) };
}

function begin({ transaction, now, random }: Work, personId: string, promised: Promised, { channel, county = null }: Asked): Exclusion {
  const exclusion: Exclusion = {
    id: uuidv7(now, random), reference: freshReference(transaction, random), personId, state: "active", origin: "self", caseReference: null,
    ...promised, channel, county, startedAt: now, ...NOTHING_YET,
  };
  insertExclusion(transaction, exclusion);
  return exclusion;
}

/** What only happens to an exclusion later. */
export const NOTHING_YET = {
  reviewGrantedAt: null, endableFrom: null, endingLapsesAt: null, measureUntil: null, annulsAt: null, renewals: 0, remindedAt: null, endedAt: null,
} as const satisfies Partial<Exclusion>;

export function freshReference(transaction: Transaction, random: Random): string {
  let reference = makeReference(REFERENCES.exclusion, random);
  while (isReferenceTaken(transaction, reference)) reference = makeReference(REFERENCES.exclusion, random);
  return reference;
}

/** What was on its way to take an exclusion out of force stops when its holder wants it, also when it gets no longer. */
const STOPPING: Partial<Record<ExclusionState, Move>> = { ending: "ending-cancelled", annulling: "annulment-stopped" };

function prolong({ transaction, now, random }: Work, active: Exclusion, decision: Decision, { commandId, channel, county }: Asked): Exclusion {
  if (decision.outcome === "unchanged") {
    const stopping = STOPPING[active.state];
    return stopping ? move(transaction, active, stopping, { channel, commandId }, now, random) : active;
  }
  const longer = after(active, "lengthened", now, { ...decision.promised, county: active.county ?? county ?? null });
  lengthen(transaction, longer, commandId, now);
  sayLonger(transaction, longer, now);
  return longer;
}

/** Adds an identifier to an exclusion, in force where it stands so. */
export function add({ transaction, now }: Moment, exclusion: Exclusion, identifier: Held): void {
  next(exclusion.state, "identifier-added");
  addIdentifier(transaction, exclusion.id, identifier, now);
  if (inForce(identifier.standing)) bringInForce(transaction, identifier, now);
}

/** What was asked, and how long it counts, also when it was known before. One that is held looks like any other. */
function statementsOf(transaction: Transaction, exclusionId: string, asked: readonly StatedIdentifier[]): Statement[] {
  const held = identifiersOf(transaction, exclusionId);
  return asked.map(({ p, kind, evidence }) => {
    const provisionalUntil = held.find((identifier) => equalBytes(identifier.p, p))!.provisionalUntil;
    return { kind, evidence, provisionalUntil };
  });
}

const TEMPLATES = { registered: "exclusion-started", extended: "exclusion-extended", unchanged: null } as const;

/** The person's vault gets the sealed identity and, when something changed, a notice; the audit log gets every command. */
function tell({ transaction, now, random }: Work, active: Exclusion | null, exclusion: Exclusion, { outcome, added }: Decision, asked: Asked): void {
  const { commandId, channel, box } = asked;
  const { personId, reference, policy, policyVersion, endMode, startedAt, endsAt } = exclusion;
  if (box) {
    const statements = statementsOf(transaction, exclusion.id, asked.identifiers);
    enqueue(transaction, { id: uuidv7(now, random), personId, createdAt: now, topic: "identity", commandId, box, statements });
  }
  const template = TEMPLATES[outcome];
  if (template) notify(transaction, template, exclusion, now, random);
  const identifiers = added.map(({ kind, evidence, standing }) => ({ kind, evidence, standing }));
  const before = active && { policy: active.policy, endsAt: active.endsAt };
  const payload = { policy, policyVersion, endMode, startedAt, endsAt, before, asked: asked.policy, identifiers, sequence: logHead(transaction).seq };
  recordAudit(transaction, { action: `exclusion.${outcome}`, resource: reference, channel, commandId, payload }, now, random);
}
