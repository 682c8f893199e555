import type { Json } from "../../../kernel/canonical-json.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { once } from "../../../objects/commands.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import type { Decided, MeasureResult, MeasuresApi } from "../measures-rpc.ts";
import type { Exclusion } from "../model.ts";
import { type Mover, move } from "../move.ts";
import { receiptOf } from "../rules.ts";
import { exclusionByReference, exclusionOfCase, identifiersOf, recordExtension } from "../store.ts";
import { decidedBy, identified } from "./command.ts";
import * as rules from "./rules.ts";

type Objection = Parameters<MeasuresApi["stopAnnulment"]>[0];
type Command<Verb extends "uphold" | "dismiss" | "review" | "lengthenTo" | "beginAnnulment"> = Parameters<MeasuresApi[Verb]>[0];
type Find<Asked> = (transaction: Transaction, command: Asked) => Exclusion | null;
type Judge<Asked> = (exclusion: Exclusion, command: Asked, now: Instant) => rules.Judged;

const ofCase = (transaction: Transaction, { caseReference }: Decided) => exclusionOfCase(transaction, caseReference);
const ofReference = (transaction: Transaction, { reference }: { reference: string }) => exclusionByReference(transaction, reference);

/** A verb that moves one exclusion: found, judged, moved and kept as answered, all in one transaction, or nothing. */
const verb = <Asked extends Decided | Objection>(name: string, find: Find<Asked>, judge: Judge<Asked>) =>
  (database: ObjectDatabase, command: Asked, now: Instant, random: Random): MeasureResult => {
    const { commandId, ...says } = command;
    return database.transaction((transaction) =>
      once(transaction, identified(name, commandId, says as Record<string, Json>), now, (): MeasureResult => {
        if ("officers" in command && rules.isOneOfficer(command.officers)) return { ok: false, refusal: "one-officer" };
        const exclusion = find(transaction, command);
        if (!exclusion) return { ok: false, refusal: "unknown" };
        const judged = judge(exclusion, command, now);
        return judged.ok ? carryOut(transaction, exclusion, judged, moverOf(command, exclusion), now, random) : judged;
      }),
    );
  };

function carryOut(
  transaction: Transaction, exclusion: Exclusion, { event, set }: rules.Measure, mover: Mover & { commandId: string }, now: Instant, random: Random,
): MeasureResult {
  const moved = move(transaction, exclusion, event, mover, now, random, set);
  if (event === "lengthened") recordExtension(transaction, moved, mover.commandId, now);
  return { ok: true, personId: moved.personId, receipt: receiptOf(moved, identifiersOf(transaction, moved.id), now) };
}

/** An exclusion's holder goes by that name: the audit log is told no person's id. */
const moverOf = (command: Decided | Objection, { personId }: Exclusion): Mover & { commandId: string } =>
  "officers" in command
    ? { ...decidedBy(command), commandId: command.commandId }
    : { channel: "office", commandId: command.commandId, payload: { by: command.by === personId ? "holder" : command.by } };

export const uphold = verb<Command<"uphold">>("uphold", ofCase, (exclusion, { endsAt }, now) => rules.judgeUpholding(exclusion, endsAt, now));

export const dismiss = verb<Command<"dismiss">>("dismiss", ofCase, rules.judgeDismissal);

export const review = verb<Command<"review">>("review", ofReference, (exclusion, { granted }, now) => rules.judgeReview(exclusion, granted, now));

export const lengthenTo = verb<Command<"lengthenTo">>("lengthen-to", ofReference, (exclusion, { endsAt }, now) =>
  rules.judgeLengthening(exclusion, endsAt, now));

/** `coolingHours` is how long there is to object. */
export const beginAnnulment = (database: ObjectDatabase, command: Command<"beginAnnulment">, now: Instant, random: Random, coolingHours: number) =>
  verb<Command<"beginAnnulment">>("begin-annulment", ofReference, (exclusion) => rules.judgeAnnulment(exclusion, coolingHours, now))(
    database, command, now, random,
  );

export const stopAnnulment = verb<Objection>("stop-annulment", ofReference, rules.judgeObjection);
