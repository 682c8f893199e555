import type { Clock } from "../../../kernel/clock.ts";
import type { Office } from "../../../office/database.ts";
import type { Assignment } from "../capabilities.ts";
import type { Session, SessionRefusal, Stage } from "./model.ts";
import { isFresh, isOver, SEEN_AGAIN_AFTER } from "./rules.ts";
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
  if (!row || isOver(row, now)) return null;
  if (now >= row.seenAt + SEEN_AGAIN_AFTER) await seeAgain(office.primary, row.id, now);
  const assignments = held.flatMap(({ role, operator }): Assignment[] => (role === null ? [] : [{ role, operator: operator || null }]));
  return { ...row, principal: { userId: row.userId, assignments } };
}

const DUE: Record<Exclude<Stage, "full">, SessionRefusal["refusal"]> = { "second-factor": "second-factor-due", "enrolment": "enrolment-due" };

/** The session of somebody who is signed in; `fresh` demands that they showed a factor in the last 5 minutes. */
export async function signedIn(
  parts: SessionParts, secret: string | null, fresh: "fresh" | null = null,
): Promise<{ ok: true; session: Session } | ({ ok: false } & SessionRefusal)> {
  const session = await sessionOf(parts, secret);
  if (!session) return { ok: false, refusal: "signed-out" };
  if (session.stage !== "full") return { ok: false, refusal: DUE[session.stage] };
  return fresh && !isFresh(session, parts.clock()) ? { ok: false, refusal: "proof-due" } : { ok: true, session };
}
