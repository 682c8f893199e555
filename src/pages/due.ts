import type { SessionRefusal } from "../domains/authentication/sessions/model.ts";
import type { PageContext } from "./page.ts";
import { forgetSession } from "./session.ts";

/** Where each thing that is due is done, and whether that leads back. */
const PLACES = {
  "signed-out": { at: "/sign-in", leadsBack: true },
  "second-factor-due": { at: "/sign-in/second", leadsBack: false },
  "enrolment-due": { at: "/account/security", leadsBack: false },
  "proof-due": { at: "/account/prove", leadsBack: true },
} as const satisfies Record<SessionRefusal["refusal"], object>;

export const isDue = (refusal: { refusal: string }): refusal is SessionRefusal => Object.hasOwn(PLACES, refusal.refusal);

/** Leads on to what somebody has to do first, and from there back to `page`, a bare address of ours that a GET shows. */
export function leadOn(c: PageContext, { refusal }: SessionRefusal, page: string): Response {
  if (refusal === "signed-out") forgetSession(c);
  const { at, leadsBack } = PLACES[refusal];
  return c.redirect(leadsBack ? `${at}?${new URLSearchParams({ next: page })}` : at, 303);
}
