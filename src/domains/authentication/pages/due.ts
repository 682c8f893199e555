import type { PageContext } from "../../../pages/page.ts";
import { forgetSession } from "../../../pages/session.ts";
import type { SessionRefusal } from "../sessions/model.ts";

/** Where each thing that is due is done. */
const PLACES = {
  "signed-out": "/sign-in",
  "second-factor-due": "/sign-in/second",
  "enrolment-due": "/account/security",
  "proof-due": "/account/prove",
} as const satisfies Record<SessionRefusal["refusal"], string>;

/**
 * Leads on to what somebody has to do first. After a step-up they come back to `page`, a bare address of ours that a GET shows:
 * what they had typed is typed again.
 */
export function leadOn(c: PageContext, { refusal }: SessionRefusal, page: string): Response {
  if (refusal === "signed-out") forgetSession(c);
  const back = refusal === "proof-due" ? `?${new URLSearchParams({ next: page })}` : "";
  return c.redirect(`${PLACES[refusal]}${back}`, 303);
}
