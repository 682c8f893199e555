import type { Instant, Random } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import { setDue } from "../../../objects/due.ts";
import { setLocale } from "../store.ts";
import { VERIFY_TASK } from "../verifications/rules.ts";
import { changeRecord } from "./records.ts";
import type { VaultApi } from "./rpc.ts";

type Change<Verb extends "changeDetails" | "changeContact"> = Parameters<VaultApi[Verb]>[1];

const done = (changed: boolean) => changed ? { ok: true as const } : { ok: false as const, refusal: "changed-meanwhile" as const };

/** The details and the language together, or neither. */
export function changeDetails(
  transaction: Transaction, dataKey: Uint8Array, { version, details, locale }: Change<"changeDetails">, now: Instant, random: Random,
) {
  const changed = changeRecord(transaction, dataKey, "details", { version, value: details }, now, random);
  if (changed) {
    setLocale(transaction, locale, now);
    setDue(transaction, VERIFY_TASK, now);
  }
  return done(changed);
}

export const changeContact = (
  transaction: Transaction, dataKey: Uint8Array, { version, contact }: Change<"changeContact">, now: Instant, random: Random,
) => done(changeRecord(transaction, dataKey, "contact", { version, value: contact }, now, random));
