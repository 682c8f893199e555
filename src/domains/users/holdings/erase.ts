import type { ObjectDatabase } from "../../../objects/database.ts";
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
};

/** Erases what no exclusion needs. */
export function eraseExtras(database: ObjectDatabase): void {
  const gone = (Object.keys(GOES) as HoldingName[]).filter((name) => GOES[name] === "at-once");
  database.transaction((transaction) => gone.forEach((name) => emptyTable(transaction, name)));
}
