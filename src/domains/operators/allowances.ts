import type { Allowance } from "../../check/directory.ts";
import type { Instant, Random } from "../../kernel/clock.ts";
import type { ObjectDatabase, Transaction } from "../../objects/database.ts";
import { appendChange } from "../exclusions/index.ts";
import { type Answer, record } from "./directory.ts";
import { activeKey, allowanceOf, putAllowance } from "./store.ts";

/** What each of these keys may ask, those in force. */
export const quotasOf = (database: Transaction, keyIds: readonly string[]): Answer<"quotasOf"> =>
  keyIds.flatMap((keyId) => {
    const key = activeKey(database, keyId);
    return key ? [{ keyId, perSecond: key.perSecond, perDay: key.perDay, allowance: allowanceOf(database, keyId) }] : [];
  });

/** Sets a key's pace until then; the edge hears of it in the log. */
export function setAllowance(database: ObjectDatabase, allowance: Allowance, now: Instant, random: Random): Answer<"setAllowance"> {
  const { keyId, perSecond, until } = allowance;
  return database.transaction((transaction) => {
    const key = activeKey(transaction, keyId);
    if (!key) return { ok: false, refusal: "key-unknown" };
    const known = allowanceOf(transaction, keyId);
    if (known?.perSecond === perSecond && known.until === until) return { ok: true };
    putAllowance(transaction, allowance);
    appendChange(transaction, { type: "allowance", allowance }, now);
    const entry = { action: "operator.key-allowance-set", resource: keyId, payload: { operator: key.operator, perSecond, until, before: known && { perSecond: known.perSecond, until: known.until } } };
    record(transaction, { ...entry, channel: "quotas", commandId: null }, now, random);
    return { ok: true };
  });
}
