import { citizenActor } from "../../../kernel/actor.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { Visit } from "../../authentication/index.ts";
import { recordActivity } from "../activity/record.ts";
import { vaultKeyToWrite } from "../vault-key.ts";
import type { VisitRefusal } from "./rpc.ts";
import { insertEnded, isEnded } from "./store.ts";

export type Refused = { ok: false } & VisitRefusal;

/** Does something in the vault for its holder, in one transaction; refused when the visit was ended or nothing is kept. */
export function during<Answer>(
  database: ObjectDatabase, envelope: Envelope, visit: Visit, act: (transaction: Transaction, dataKey: Uint8Array) => Answer,
): Answer | Refused {
  return database.transaction((transaction) => {
    if (isEnded(transaction, visit.id)) return { ok: false, refusal: "visit-ended" };
    const dataKey = vaultKeyToWrite(transaction, envelope);
    return dataKey ? act(transaction, dataKey) : { ok: false, refusal: "nothing-kept" };
  });
}

/** Ends a visit. Again, or when nothing is kept, it changes nothing. */
export function endVisit(database: ObjectDatabase, visit: Visit, now: Instant, random: Random): void {
  database.transaction((transaction) => {
    const ended = insertEnded(transaction, visit.id, visit.endsAt, now);
    if (ended) recordActivity(transaction, { action: "visit.ended" }, citizenActor(visit.id), now, random);
  });
}
