import { uuidv7 } from "../../../kernel/ids.ts";
import { type Committed, commit } from "../../../office/commit.ts";
import { beginSession } from "../sessions/begin.ts";
import type { Entered, SecondFactor } from "../sessions/model.ts";
import type { SignInOutcome } from "../sign-in/model.ts";
import { insertSignIn } from "../sign-in/store.ts";
import type { Comer, Rows } from "./comer.ts";
import { actorOf, type FactorParts } from "./holder.ts";

/** A line of the account's sign-in history. */
export function signInOf(
  { office, random }: FactorParts, { session, visitor, now }: Comer, method: SecondFactor, outcome: SignInOutcome, deviceId: string = session.deviceId,
) {
  const row = { id: uuidv7(now, random), userId: session.principal.userId, at: now, method, outcome, reasons: [], deviceId, ...visitor.origin };
  return insertSignIn(office.primary, row);
}

/** Ends the comer's session and begins a full one, in one change with the rows of what they showed. */
export function goOn(parts: FactorParts, comer: Comer, second: SecondFactor, rows: Rows, action: string): Promise<Committed<{ entered: Entered }>> {
  const { office, random } = parts;
  const { session, visitor: { origin }, device, now } = comer;
  const { userId } = session.principal;
  const beginning = { userId, device, stage: "full", first: session.first, second, origin, from: session.id } as const;
  const begun = beginSession(office.primary, random, beginning, now);
  const wasDue = session.stage === "second-factor" ? [signInOf(parts, comer, second, "succeeded", begun.deviceId)] : [];
  return commit(office, {
    actor: actorOf(session, comer.visitor),
    rows: [...rows, ...begun.rows, ...wasDue],
    audit: { action, resource: `user/${userId}`, payload: { sessionId: begun.sessionId, second } },
    answer: { entered: begun.entered },
  }, { now, random });
}
