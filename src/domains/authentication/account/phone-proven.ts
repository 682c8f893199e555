import { z } from "zod";
import { nameOf } from "../../../bst/lineage.ts";
import { SECOND } from "../../../kernel/clock.ts";
import { updatedBy } from "../../../office/columns.ts";
import { commit } from "../../../office/commit.ts";
import type { AccountParts } from "../parts.ts";
import { enter } from "../sessions/enter.ts";
import type { SessionsRpc } from "../sessions/rpc.ts";
import { phoneOf } from "./phone-of.ts";
import { accountRow, setPhoneProven } from "./store.ts";

const Form = z.object({ visitor: z.unknown(), grant: z.string().max(4_096).catch("") }).catch({ visitor: null, grant: "" });

/**
 * Notes when the account's phone was last proven. A code that came back before what is noted changes nothing. A grant says the second
 * alone, and is taken for its end: whoever excludes themself with a code is the holder of the phone from within that second.
 */
export async function phoneProven(parts: AccountParts, unread: unknown): ReturnType<SessionsRpc["phoneProven"]> {
  const { visitor, grant } = Form.parse(unread);
  const entered = await enter(parts, visitor);
  if (!entered.ok) return entered;
  const { userId, actor } = entered.holder;
  const [user, given] = [await accountRow(parts.office, userId), await parts.grants.read(grant)];
  const phone = user && (await phoneOf(parts, user));
  if (!phone || !given?.byCode || nameOf(given.phone) !== nameOf(phone.p)) return { ok: false, refusal: "unknown" };
  const provenAt = given.visit.provenAt + SECOND - 1;
  if (user.phoneProvenAt !== null && provenAt <= user.phoneProvenAt) return { ok: true };
  const now = parts.clock();
  const row = setPhoneProven(parts.office.primary, user, { phoneProvenAt: provenAt, ...updatedBy(actor, now, user.version) });
  const audit = { action: "user.phone-proven", resource: `user/${userId}`, payload: {} };
  const done = await commit(parts.office, { actor, rows: [{ exactlyOne: row }], audit, answer: {} }, { now, random: parts.random });
  return done.ok ? { ok: true } : { ok: false, refusal: "changed-meanwhile" };
}
