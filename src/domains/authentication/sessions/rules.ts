import { HOUR, type Instant, MINUTE } from "../../../kernel/clock.ts";
import type { Assignment, Role } from "../capabilities.ts";
import type { FirstFactor, Session, Stage } from "./model.ts";

/** A session ends after 12 hours, and after 30 minutes in which nobody used it (NIST SP 800-63B-4 §2.2.3, AAL2 has 24 h and 1 h at most). */
const SESSION_LIFE = 12 * HOUR;
export const IDLE_LIFE = 30 * MINUTE;
/** Somebody between two factors has so long. */
const UNFINISHED_LIFE = 10 * MINUTE;

/** What is dangerous takes a factor shown in the last 5 minutes. */
const PROOF_LIFE = 5 * MINUTE;

/** That somebody was here is written down once a minute at most. */
export const SEEN_AGAIN_AFTER = MINUTE;

/** Who runs the register or an operator has a second factor, or does nothing. */
const TWO_FACTOR_ROLES: readonly Role[] = [
  "super_admin", "grak_admin", "grak_officer", "grak_auditor", "operator_admin", "bematore_admin", "bematore_analyst",
];

export const needsSecondFactor = (assignments: readonly Assignment[]): boolean => assignments.some(({ role }) => TWO_FACTOR_ROLES.includes(role));

/** How far a first factor brings its holder. */
export function stageAfter(first: FirstFactor, hasSecondFactor: boolean, assignments: readonly Assignment[]): Stage {
  if (first === "passkey") return "full";
  if (hasSecondFactor) return "second-factor";
  return needsSecondFactor(assignments) ? "enrolment" : "full";
}

/** Whether a session was begun by as much as its holder's roles demand. A role given since may demand more: they sign in anew. */
export const suffices = ({ stage, first, second }: Pick<Session, "stage" | "first" | "second">, assignments: readonly Assignment[]): boolean =>
  stage !== "full" || first === "passkey" || second !== null || !needsSecondFactor(assignments);

export const lifeOf = (stage: Stage): number => (stage === "full" ? SESSION_LIFE : UNFINISHED_LIFE);

/** When a session is over. A clock that was set back ends it too. */
export const isOver = ({ createdAt, seenAt, expiresAt }: { createdAt: Instant; seenAt: Instant; expiresAt: Instant }, now: Instant): boolean =>
  now >= expiresAt || now >= seenAt + IDLE_LIFE || now < createdAt;

/** Whether the holder may do something dangerous now; if not, a factor is to be shown again. */
export const isFresh = ({ provenAt }: Pick<Session, "provenAt">, now: Instant): boolean => now >= provenAt && now < provenAt + PROOF_LIFE;
