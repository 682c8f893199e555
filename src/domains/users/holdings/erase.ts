import type { ObjectDatabase } from "../../../objects/database.ts";
import { clearOut, dropStranded } from "../../../objects/recovery/stranded.ts";
import type { HoldingName } from "./model.ts";
import { destroyKey, emptyTable, JOURNALED } from "./store.ts";

/**
 * When each table goes in an erasure: `at-once` whatever is in force, `last` with the key, because an exclusion needs it. Deliveries
 * that were accepted stay as long as Register could deliver them again. One that is not listed does not compile.
 */
const GOES: Record<HoldingName, "at-once" | "last"> = {
  vault: "last",
  identifiers: "last",
  accepted: "last",
  checks: "at-once",
  notices: "at-once",
  messages: "at-once",
  statements: "at-once",
};

/** Erases what no exclusion needs. */
export function eraseExtras(database: ObjectDatabase): void {
  const gone = (Object.keys(GOES) as HoldingName[]).filter((name) => GOES[name] === "at-once");
  database.transaction((transaction) => gone.forEach((name) => emptyTable(transaction, name, true)));
}

/** Destroys the data key and empties the vault; of what was to leave or to be done, nothing is left either. */
export function shredVault(database: ObjectDatabase): void {
  database.transaction((transaction) => {
    destroyKey(transaction);
    for (const name of Object.keys(GOES) as HoldingName[]) emptyTable(transaction, name, false);
  });
  clearOut(database, JOURNALED);
  dropStranded(database);
}
