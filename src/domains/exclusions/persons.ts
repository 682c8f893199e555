import type { Instant, Random } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";
import { eraseMeaning, recordAudit } from "../../objects/audit.ts";
import type { ObjectDatabase } from "../../objects/database.ts";
import type { KeepingReason } from "./persons-rpc.ts";
import { judgeForgetting } from "./retention.ts";
import { dropPairs } from "./roots/pairs.ts";
import { deletePerson, exclusionsOfPerson } from "./store.ts";

/** Forgets a person, if nothing has to be kept of them. What the audit has of their exclusions loses its meaning; the log hears that somebody was forgotten, and nothing of whom. */
export function forget(database: ObjectDatabase, personId: string, now: Instant, random: Random): Result<object, KeepingReason> {
  return database.transaction((transaction) => {
    const theirs = exclusionsOfPerson(transaction, personId);
    const judged = judgeForgetting(theirs, now);
    if (judged.ok) eraseMeaning(transaction, theirs.map(({ reference }) => reference));
    const forgotten = judged.ok ? deletePerson(transaction, personId) : [];
    dropPairs(transaction, forgotten);
    if (forgotten.length > 0) {
      recordAudit(transaction, { action: "person.forgotten", resource: "person", channel: "office", commandId: null, payload: {} }, now, random);
    }
    return judged;
  });
}
