import { fingerprintOf } from "../../../api/idempotency.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Result } from "../../../kernel/result.ts";
import { createdBy, nameOf } from "../../../office/columns.ts";
import { type Change, type CommitRefusal, once } from "../../../office/commit.ts";
import { noteRefusal } from "../../../office/refusals.ts";
import { type LookupParts, openToken, type TokenRefusal, tokenKeyOf } from "./parts.ts";
import { decidableUntil, LOOKUPS, pauseOf } from "./rules.ts";
import { insertLookup, lookupsSince, type StoredLookup } from "./store.ts";

export interface LookupRequest {
  operator: string;
  token: string;
  /** Names nobody. */
  reason: string;
}

/** `used-up`: the officer's lookups of the day are, for so long. */
export type RequestRefusal = TokenRefusal | { refusal: "used-up"; pauseMs: number };
type Refused = { ok: false } & RequestRefusal;

/** Asks whose a token is: another officer decides whether that is answered. */
export async function requestLookup(
  parts: LookupParts, actor: Actor, commandId: string, asked: LookupRequest,
): Promise<Result<{ id: string }, RequestRefusal | CommitRefusal>> {
  const tokenKey = tokenKeyOf(parts, asked.operator, asked.token);
  const command = { id: commandId, fingerprint: fingerprintOf(asked.operator, tokenKey, asked.reason) };
  const senses = { now: parts.clock(), random: parts.random };
  const done = await once<{ id: string }, Refused>(parts.office, command, senses, () => newLookup(parts, actor, asked, tokenKey));
  return done.ok ? { ok: true, ...done.answer } : done;
}

async function newLookup(parts: LookupParts, actor: Actor, { operator, token, reason }: LookupRequest, tokenKey: string): Promise<Change<{ id: string }> | Refused> {
  const now = parts.clock();
  const base = createdBy(actor, now, parts.random);
  const pauseMs = pauseOf(await lookupsSince(parts.office, nameOf(actor), now - LOOKUPS.within, LOOKUPS.most), now);
  if (pauseMs > 0) {
    await noteRefusal(parts.office, { actor, action: "token-lookup.requested-too-often", resource: `operator/${operator}`, payload: { reason } }, now, parts.random);
    return { ok: false, refusal: "used-up", pauseMs };
  }
  const opened = await openToken(parts, operator, token);
  if (!opened.ok) return opened;
  const row: StoredLookup = {
    ...base, state: "pending", operator, tokenKey, reason, decidedAt: null, decidedBy: null, decisionReason: null, until: decidableUntil(now), readAt: null,
  };
  return {
    actor,
    rows: [insertLookup(parts.office.primary, row)],
    audit: { action: "token-lookup.requested", resource: `token-lookup/${base.id}`, payload: { operator, reason } },
    answer: { id: base.id },
  };
}
