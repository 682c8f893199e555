import type { Actor } from "../../../kernel/actor.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import type { ObjectDatabase } from "../../../objects/database.ts";
import { recordActivity } from "../activity/record.ts";
import type { HoldingName } from "./model.ts";
import { emptyTable } from "./store.ts";

/**
 * When each table goes in an erasure: `at-once` whatever is in force, or `last`, with the object, because an exclusion needs it. One that
 * is not listed does not compile.
 */
const GOES: Readonly<Record<HoldingName, "at-once" | "last">> = {
  vault: "last",
  shreds: "last",
  identifiers: "last",
  identifierEvidence: "last",
  verifications: "last",
  records: "at-once",
  consents: "last",
  accepted: "last",
  checks: "at-once",
  identityReads: "last",
  endedVisits: "last",
  notices: "at-once",
  messages: "at-once",
  statements: "at-once",
  audit: "last",
};

/** Erases what no exclusion needs. Again, it finds nothing and changes nothing. */
export function eraseExtras(database: ObjectDatabase, actor: Actor, now: Instant, random: Random): void {
  const extras = (Object.keys(GOES) as HoldingName[]).filter((name) => GOES[name] === "at-once");
  database.transaction((transaction) => {
    const fields = extras.filter((name) => emptyTable(transaction, name));
    if (fields.length > 0) recordActivity(transaction, { action: "extras.erased", fields }, actor, now, random);
  });
}
