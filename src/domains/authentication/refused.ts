import type { Refusal } from "../../office/refusals.ts";
import type { Visitor } from "./sessions/visitor.ts";

/** That somebody could not show that an account is theirs. Who it was nobody knows: the entry names the account, and where they came from. */
export const refusedEntry = (userId: string, { origin }: Visitor, payload: Refusal["payload"]): Refusal =>
  ({ actor: { kind: "system", id: "sign-in", origin }, action: "session.refused", resource: `user/${userId}`, payload });
