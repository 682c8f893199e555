import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Change } from "../../../office/commit.ts";
import { noteRefusal } from "../../../office/refusals.ts";
import { refusedEntry } from "../refused.ts";
import type { Session } from "../sessions/model.ts";
import { hashOf, isSecret } from "../sessions/secret.ts";
import { deviceByHash, type DeviceRow } from "../sessions/store.ts";
import type { Visitor } from "../sessions/visitor.ts";
import { attempt, type AttemptKey, keyOn, succeeded } from "../sign-in/attempts.ts";
import type { FactorParts } from "./holder.ts";
import type { ShowingRefusal } from "./rpc.ts";

export type Rows = Change<object>["rows"];

/** Somebody with a session who shows a factor now. */
export interface Comer {
  session: Session;
  visitor: Visitor;
  /** The session's browser; null when it does not hold that secret any more. */
  device: { secret: string; row: DeviceRow } | null;
  now: Instant;
}

export const WRONG = { ok: false, refusal: "factor-wrong" } as const satisfies { ok: false } & ShowingRefusal;

export async function comerOf({ office, clock }: FactorParts, session: Session, visitor: Visitor): Promise<Comer> {
  const { device: secret } = visitor;
  const row = isSecret(secret) ? await deviceByHash(office, session.principal.userId, hashOf(secret)) : undefined;
  return { session, visitor, device: row?.id === session.deviceId ? { secret: secret!, row: row! } : null, now: clock() };
}

/** Tries at an account's factors count apart from those at its password: whoever knows only the phone locks none of them. */
export const factorsKeyOf = (userId: string): AttemptKey => `factors of ${userId}`;

const attemptKeyOf = ({ session, device }: Comer): AttemptKey =>
  keyOn(factorsKeyOf(session.principal.userId), device && device.row.trustedAt !== null ? device.row.id : null);

/** Counts a try, then has it judged; the rows of what was right go into the change that it lets happen. */
export async function tried(parts: FactorParts, comer: Comer, judge: () => Promise<Rows | null>): Promise<Result<{ rows: Rows }, ShowingRefusal>> {
  const { office } = parts;
  const key = attemptKeyOf(comer);
  const minutes = await attempt(office, key, comer.now);
  if (minutes !== null) return refused(parts, comer, { ok: false, refusal: "factor-locked", minutes });
  const rows = await judge();
  return rows ? { ok: true, rows: [...rows, succeeded(office, key)] } : refused(parts, comer, WRONG);
}

async function refused<Said extends { ok: false } & ShowingRefusal>({ office, random }: FactorParts, { session, visitor, now }: Comer, said: Said): Promise<Said> {
  await noteRefusal(office, refusedEntry(session.principal.userId, visitor, { by: "factor", sessionId: session.id, outcome: said.refusal }), now, random);
  return said;
}
