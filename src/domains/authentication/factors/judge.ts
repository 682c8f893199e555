import type { Instant } from "../../../kernel/clock.ts";
import { openHash } from "../passwords/sealed.ts";
import type { Comer, Rows } from "./comer.ts";
import type { FactorParts, Held } from "./holder.ts";
import type { Shown } from "./model.ts";
import { recoveryHash } from "./recovery.ts";
import type { Showing } from "./rpc.ts";
import { waysOf } from "./rules.ts";
import { openSecret } from "./sealed.ts";
import { hasRecoveryCode, heldBy, takeStep, useRecoveryCode } from "./store.ts";
import { stepOf } from "./totp.ts";

type Judge = (parts: FactorParts, held: Held, dataKey: Uint8Array, text: string, now: Instant) => Promise<Rows | null>;

/** Judges what was shown of the comer's account: the rows that spend it, null when it is wrong or not what is asked for. */
export async function judge(parts: FactorParts, { session, now }: Comer, { way, text }: Pick<Showing, "way" | "text">): Promise<Rows | null> {
  const held = await heldBy(parts.office, session.principal.userId);
  return held && waysOf(held).includes(way) ? JUDGES[way](parts, held, parts.accounts.dataKeyOf(held.user)!, text, now) : null;
}

const JUDGES: Record<Shown, Judge> = {
  "password": async ({ hasher }, { user, password }, dataKey, text) => (hasher.matches(openHash(dataKey, password!.sealedHash, user.id), text) ? [] : null),

  "totp": async ({ office }, { user, totp }, dataKey, text, now) => {
    const step = stepOf(openSecret(dataKey, totp!.sealedSecret, user.id), text, now);
    return step === null ? null : [{ exactlyOne: takeStep(office.primary, totp!.id, step) }];
  },

  "recovery-code": async ({ office }, { user }, _, text, now) => {
    const hash = recoveryHash(text);
    const isThere = hash !== null && (await hasRecoveryCode(office, user.id, hash));
    return isThere ? [{ exactlyOne: useRecoveryCode(office.primary, user.id, hash, now) }] : null;
  },
};
