import type { Instant } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { type Committed, commit } from "../../../office/commit.ts";
import { beginSession } from "../sessions/begin.ts";
import type { Entered, SecondFactor, Session } from "../sessions/model.ts";
import type { Visitor } from "../sessions/visitor.ts";
import type { Method, SignInOutcome } from "../sign-in/model.ts";
import { insertSignIn } from "../sign-in/store.ts";
import { actorOf, type FactorParts } from "./holder.ts";
import type { Device, Rows } from "./judge.ts";

/** Somebody with a session, where they are, and in which browser. */
export interface Comer {
  session: Session;
  visitor: Visitor;
  device: Device | null;
}

/** A line of the account's sign-in history. */
export const signInOf = ({ office, random }: FactorParts, { session, visitor: { origin } }: Comer, method: Method, outcome: SignInOutcome, now: Instant, deviceId = session.deviceId) =>
  insertSignIn(office.primary, { id: uuidv7(now, random), userId: session.principal.userId, at: now, method, outcome, reasons: [], deviceId, ...origin });

/** Ends the comer's session and begins a full one, in one change with the rows of what they showed. */
export function goOn(parts: FactorParts, comer: Comer, second: SecondFactor, rows: Rows, action: string, now: Instant): Promise<Committed<{ entered: Entered }>> {
  const { office, random } = parts;
  const { session, visitor, device } = comer;
  const { userId } = session.principal;
  const begun = beginSession(office.primary, random, { userId, device, stage: "full", first: session.first, second, origin: visitor.origin, from: session.id }, now);
  const wasDue = session.stage === "second-factor" ? [signInOf(parts, comer, second, "succeeded", now, begun.deviceId)] : [];
  return commit(office, {
    actor: actorOf(session, visitor),
    rows: [...rows, ...begun.rows, ...wasDue],
    audit: { action, resource: `user/${userId}`, payload: { sessionId: begun.sessionId, second } },
    answer: { entered: begun.entered },
  }, { now, random });
}
