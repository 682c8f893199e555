import type { Clock, Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Office } from "../../../office/database.ts";
import type { Assignment } from "../capabilities.ts";
import type { Session, SessionRefusal, Stage } from "./model.ts";
import { isFresh, isOver, SEEN_AGAIN_AFTER, suffices } from "./rules.ts";
import { hashOf, isSecret } from "./secret.ts";
import { seeAgain, standing } from "./store.ts";

interface SessionParts {
  office: Office;
  clock: Clock;
}

/** The session of a secret; null when there is none that stands. Throws when the office does not answer: nobody is let in then. */
export async function sessionOf({ office, clock }: SessionParts, secret: string | null): Promise<Session | null> {
  if (!isSecret(secret)) return null;
  const held = await standing(office, hashOf(secret));
  const now = clock();
  const row = held[0]?.session;
  const assignments = held.flatMap(({ role, operator }): Assignment[] => (role === null ? [] : [{ role, operator: operator || null }]));
  if (!row || isOver(row, now) || !suffices(row, assignments)) return null;
  if (now >= row.seenAt + SEEN_AGAIN_AFTER) await seeAgain(office.primary, row.id, now);
  return { ...row, principal: { userId: row.userId, assignments } };
}

const DUE: Record<Exclude<Stage, "full">, SessionRefusal["refusal"]> = { "second-factor": "second-factor-due", "enrolment": "enrolment-due" };

/** What the holder of a session has to do before anything else; null when they are signed in, and lately if it must be `fresh`. */
export function dueOf(session: Session | null, fresh: "fresh" | null, now: Instant): SessionRefusal | null {
  if (!session) return { refusal: "signed-out" };
  if (session.stage !== "full") return { refusal: DUE[session.stage] };
  return fresh && !isFresh(session, now) ? { refusal: "proof-due" } : null;
}

/** The session of somebody who is signed in; `fresh` demands that they showed a factor in the last 5 minutes. */
export async function signedIn(
  parts: SessionParts, secret: string | null, fresh: "fresh" | null = null,
): Promise<Result<{ session: Session }, SessionRefusal>> {
  const session = await sessionOf(parts, secret);
  const due = dueOf(session, fresh, parts.clock());
  return due ? { ok: false, ...due } : { ok: true, session: session! };
}
