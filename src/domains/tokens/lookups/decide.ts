import type { Actor } from "../../../kernel/actor.ts";
import type { Result } from "../../../kernel/result.ts";
import { nameOf } from "../../../office/columns.ts";
import type { CommitRefusal } from "../../../office/commit.ts";
import { noteRefusal } from "../../../office/refusals.ts";
import { type LookupParts, step } from "./parts.ts";
import { type DecisionRefusal, judgeDecision, readableUntil } from "./rules.ts";
import { lookupById, type StoredLookup } from "./store.ts";

export interface LookupDecision {
  approve: boolean;
  /** Names nobody. */
  reason: string;
  /** Which was read. */
  version: number;
}

/** Another officer's word. Of two on the same version one is refused. */
export async function decideLookup(
  parts: LookupParts, actor: Actor, id: string, { approve, reason, version }: LookupDecision,
): Promise<Result<{ lookup: StoredLookup }, { refusal: "unknown" } | DecisionRefusal | CommitRefusal>> {
  const found = await lookupById(parts.office, id);
  if (!found) return { ok: false, refusal: "unknown" };
  const [now, by] = [parts.clock(), nameOf(actor)];
  const judged = judgeDecision(found, by, now);
  if (!judged.ok) {
    const attempt = { actor, action: "token-lookup.decided", resource: `token-lookup/${id}`, payload: { refusal: judged.refusal } };
    if (judged.refusal === "own-lookup") await noteRefusal(parts.office, attempt, now, parts.random);
    return judged;
  }
  const decided = { decidedAt: now, decidedBy: by, decisionReason: reason };
  const set = approve ? { ...decided, state: "approved" as const, until: readableUntil(now) } : { ...decided, state: "refused" as const, tokenKey: null };
  return step(parts, actor, { ...found, version }, set, set.state, { reason, requestedBy: found.createdBy }, now);
}
