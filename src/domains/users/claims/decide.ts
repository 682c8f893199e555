import type { Actor } from "../../../kernel/actor.ts";
import type { Result } from "../../../kernel/result.ts";
import { nameOf } from "../../../office/columns.ts";
import { commit, type CommitRefusal } from "../../../office/commit.ts";
import { type Claimant, openClaimant } from "./box.ts";
import type { ClaimParts } from "./parts.ts";
import { type ClaimDecisionRefusal, type ClaimStep, judgeClaimStep } from "./rules.ts";
import { claimByReference, type StoredClaim, updateClaim } from "./store.ts";

/** A claim was decided; what follows from it is carried out from here, however often it takes. */
export const DECIDED = "phone-claim.decided";

/** What an officer decides of a claim, in the version they read. */
export interface ClaimDecision {
  step: ClaimStep;
  reason: string;
  version: number;
}

type Refused = { refusal: "claim-unknown" } | ClaimDecisionRefusal | CommitRefusal;

/** Decides a claim. Of two who decide on the same version one is refused. */
export async function decideClaim(
  parts: ClaimParts, actor: Actor, reference: string, { step, reason, version }: ClaimDecision,
): Promise<Result<{ claim: StoredClaim }, Refused>> {
  const claim = await claimByReference(parts.office, reference);
  if (!claim) return { ok: false, refusal: "claim-unknown" };
  const judged = judgeClaimStep(claim, step);
  if (!judged.ok) return judged;
  const now = parts.clock();
  const set = { state: judged.state, reason, decidedAt: now, decidedBy: nameOf(actor) };
  const done = await commit(parts.office, {
    actor,
    rows: [updateClaim(parts.office.primary, { id: claim.id, version }, set, actor, now)],
    audit: { action: `phone-claim.${judged.state}`, resource: `phone-claim/${reference}`, payload: { concern: claim.concern, reason, before: { state: claim.state } } },
    events: [{ topic: DECIDED, subject: claim.id, payload: {} }],
    answer: {},
  }, { now, random: parts.random });
  if (!done.ok) return done;
  parts.filled();
  return { ok: true, claim: { ...claim, ...set, version: version + 1 } };
}

/** Who claims, for an officer: noted in the audit log before it is opened. Null when they were told already, or nothing is there. */
export async function readClaimant(parts: ClaimParts, actor: Actor, reference: string, reason: string): Promise<Claimant | null> {
  const audit = { action: "identity.read", resource: `phone-claim/${reference}`, payload: { reason, fields: ["phone", "document", "name", "dateOfBirth"] } };
  await commit(parts.office, { actor, rows: [], audit, answer: {} }, { now: parts.clock(), random: parts.random });
  const claim = await claimByReference(parts.office, reference);
  return claim?.box ? openClaimant(parts.envelope, claim.id, claim.box) : null;
}
