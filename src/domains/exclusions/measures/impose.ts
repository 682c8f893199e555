import { nameOf } from "../../../bst/lineage.ts";
import { toHex } from "../../../kernel/bytes.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { once } from "../../../objects/commands.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { setDue } from "../../../objects/due.ts";
import { enqueue } from "../deliveries/store.ts";
import { add, freshReference, meet, NOTHING_YET } from "../exclude.ts";
import type { ImposeCommand, MeasureResult } from "../measures-rpc.ts";
import type { Exclusion } from "../model.ts";
import { WAKE_TASK } from "../move.ts";
import { notify } from "../notify.ts";
import { recordStep } from "../record.ts";
import { admit, assertLineages } from "../register.ts";
import { owned } from "../roots/own.ts";
import { receiptOf } from "../rules.ts";
import { exclusionOfCase, holderOf, identifiersOf, insertExclusion, knownByRegistry, nextWake } from "../store.ts";
import { decidedBy, identified } from "./command.ts";
import { isOneOfficer, judgeImposing, shown } from "./rules.ts";

/** Excludes somebody on another's request, beside whatever they are under by their own will: all of it in one transaction, or nothing. */
export function impose(database: ObjectDatabase, command: ImposeCommand, now: Instant, random: Random): MeasureResult {
  assertShown(command.identifiers);
  return database.transaction((transaction) =>
    once(transaction, fingerprint(command), now, (): MeasureResult => {
      if (isOneOfficer(command.officers)) return { ok: false, refusal: "one-officer" };
      if (exclusionOfCase(transaction, command.caseReference)) return { ok: false, refusal: "not-now" };
      const judged = judgeImposing(command, now);
      if (!judged.ok) return judged;
      const { ok: _, ...begun } = judged;
      const identifiers = owned(transaction, command.identifiers) as ImposeCommand["identifiers"];
      const personId = subjectOf(transaction, identifiers, now, random);
      const { origin, caseReference } = command;
      const exclusion: Exclusion = {
        id: uuidv7(now, random), reference: freshReference(transaction, random), personId, origin, caseReference,
        channel: "office", county: null, startedAt: now, ...NOTHING_YET, ...begun,
      };
      return begin(transaction, exclusion, { ...command, identifiers }, now, random);
    }),
  );
}

/**
 * Whom officers mean: the phone's holder, and of a phone nobody holds whom the registry knows by a document, if that is one
 * person; else somebody new, who holds the phone. A phone that was only shown to officers opens nobody's vault: it is covered,
 * but never becomes a known person's.
 */
function subjectOf(transaction: Transaction, [phone, ...documents]: ImposeCommand["identifiers"], now: Instant, random: Random): string {
  const holder = holderOf(transaction, phone.p);
  if (holder) return holder;
  const [known, ...others] = new Set(documents.flatMap(({ p }) => knownByRegistry(transaction, p)));
  return known !== undefined && others.length === 0 ? known : admit(transaction, phone.p, now, random);
}

function begin(transaction: Transaction, exclusion: Exclusion, command: ImposeCommand, now: Instant, random: Random): MeasureResult {
  insertExclusion(transaction, exclusion);
  for (const identifier of new Map(command.identifiers.map((stated) => [toHex(stated.p), stated])).values()) {
    meet({ transaction, now, random }, exclusion.personId, identifier);
    add({ transaction, now }, exclusion, shown(identifier));
  }
  setDue(transaction, WAKE_TASK, nextWake(transaction));
  tell(transaction, exclusion, command, now, random);
  return { ok: true, personId: exclusion.personId, receipt: receiptOf(exclusion, identifiersOf(transaction, exclusion.id), now) };
}

/** The person's vault gets the sealed identity, and they are told at once: a measure is nothing to be kept from them. */
function tell(transaction: Transaction, exclusion: Exclusion, command: ImposeCommand, now: Instant, random: Random): void {
  const { commandId, box, identifiers } = command;
  const { personId, state, origin, policy, endsAt, measureUntil } = exclusion;
  const statements = identifiers.map(({ kind, evidence }) => ({ kind, evidence, provisionalUntil: null }));
  enqueue(transaction, { id: uuidv7(now, random), personId, createdAt: now, topic: "identity", commandId, box, statements });
  notify(transaction, state === "provisional" ? "measure-taken" : "exclusion-imposed", exclusion, now, random);
  const { payload: decided, ...mover } = decidedBy(command);
  const kinds = identifiers.map(({ kind }) => kind);
  const payload = { ...decided, origin, state, policy, endsAt, measureUntil, identifiers: kinds };
  recordStep(transaction, { action: "exclusion.imposed", exclusion, ...mover, payload }, now, random);
}

/** Origin reads what officers were shown; what it cannot have sent is a fault, not a refusal. */
function assertShown(identifiers: ImposeCommand["identifiers"]): void {
  if (identifiers[0].kind !== "msisdn") throw new TypeError("the first identifier must be a phone");
  if (identifiers.some(({ evidence }) => evidence !== "officer")) throw new TypeError("officers vouch for what they impose");
  assertLineages(identifiers);
}

/** The box is left out: the same identity is sealed differently each time. */
function fingerprint({ commandId, caseReference, officers, origin, identifiers, endsAt, measureUntil }: ImposeCommand) {
  const stated = identifiers.map(({ p, kind }) => ({ p: nameOf(p), kind }));
  return identified("impose", commandId, { caseReference, officers, origin, identifiers: stated, endsAt, measureUntil });
}
