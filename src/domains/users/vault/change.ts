import type { Locale } from "../../../i18n/locales.ts";
import { type Actor, citizenActor } from "../../../kernel/actor.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import { setDue } from "../../../objects/due.ts";
import type { Visit } from "../../authentication/index.ts";
import { recordActivity } from "../activity/record.ts";
import { setLocale } from "../store.ts";
import { VERIFY_TASK } from "../verifications/rules.ts";
import { changeRecord } from "./records.ts";
import type { VaultApi } from "./rpc.ts";

type Change<Verb extends "changeDetails" | "changeContact"> = Parameters<VaultApi[Verb]>[1];

const DONE = { ok: true } as const;
const CHANGED_MEANWHILE = { ok: false, refusal: "changed-meanwhile" } as const;

/** The details and the language together, or neither. */
export function changeDetails(
  transaction: Transaction, dataKey: Uint8Array, visit: Visit, { version, details, locale }: Change<"changeDetails">, now: Instant, random: Random,
) {
  const changed = changeRecord(transaction, dataKey, "details", { version, value: details }, now, random);
  if (!changed) return CHANGED_MEANWHILE;
  const fields = setLocale(transaction, locale, now) ? [...changed, "language"] : changed;
  if (fields.length > 0) recordActivity(transaction, { action: "details.changed", fields }, citizenActor(visit.id), now, random);
  if (fields.length > 0) setDue(transaction, VERIFY_TASK, now);
  return DONE;
}

export function changeContact(
  transaction: Transaction, dataKey: Uint8Array, visit: Visit, { version, contact }: Change<"changeContact">, now: Instant, random: Random,
) {
  const fields = changeRecord(transaction, dataKey, "contact", { version, value: contact }, now, random);
  if (!fields) return CHANGED_MEANWHILE;
  const action = contact ? "contact.changed" : "contact.removed";
  if (fields.length > 0) recordActivity(transaction, { action, fields }, citizenActor(visit.id), now, random);
  return DONE;
}

/** Register keeps what it is about. */
export function noteWatching(transaction: Transaction, visit: Visit, wanted: boolean, now: Instant, random: Random) {
  recordActivity(transaction, { action: wanted ? "holdings.asked" : "holdings.stopped" }, citizenActor(visit.id), now, random);
  return DONE;
}

/** The language alone. Before there is a vault, and when it is spoken already, nothing changes. */
export function speak(database: ObjectDatabase, locale: Locale, actor: Actor, now: Instant, random: Random): void {
  database.transaction((transaction) => {
    if (!setLocale(transaction, locale, now)) return;
    recordActivity(transaction, { action: "language.changed", fields: ["language"] }, actor, now, random);
  });
}
