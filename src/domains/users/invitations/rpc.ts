import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { OperatorRole } from "../../authentication/capabilities.ts";
import type { SessionRefusal, Visitor } from "../../authentication/sessions/model.ts";

/** What somebody signed in is invited to. */
export interface OwnInvitation {
  id: string;
  operator: string;
  /** Null where the office's copy does not have the operator yet. */
  name: string | null;
  role: OperatorRole;
  expiresAt: Instant;
}

/** `gone`: nothing is there that they could accept any more. */
export type AcceptRefusal = SessionRefusal | { refusal: "gone" };

/** What the portal may ask for an account's holder about invitations: each verb asks for their session. */
export interface InvitationsRpc {
  mine(visitor: Visitor): Promise<Result<{ invitations: OwnInvitation[] }, SessionRefusal>>;
  /** Takes a factor of the last 5 minutes. */
  accept(request: { visitor: Visitor; id: string }): Promise<Result<object, AcceptRefusal>>;
}
