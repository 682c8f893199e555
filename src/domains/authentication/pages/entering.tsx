import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { ownPath } from "../../../pages/next.ts";
import { onlySwitches, type PageContext, page } from "../../../pages/page.ts";
import { forgetSession, heldSession, keepSession, visitorOf } from "../../../pages/session.ts";
import type { Entered, Stage } from "../sessions/model.ts";
import { readPassword, readPhoneField } from "./form.ts";
import { type Answer, type EntrancePortal, explain, lacks, statusOf } from "./portal.ts";
import { SignedInPage, SignInPage } from "./sign-in.tsx";

/** Where somebody who has come so far goes on. */
const PLACES: Record<Stage, string> = { "second-factor": "/sign-in/second", "enrolment": "/account/security", "full": "/sign-in/done" };

/** Keeps the session, and leads on: to `next`, a page of ours or "", once somebody is signed in. */
export function letIn(c: PageContext, entered: Entered, next = ""): Answer {
  keepSession(c, entered);
  const place = PLACES[entered.stage];
  if (entered.stage === "full") return c.redirect(next || place, 303);
  return c.redirect(next && entered.stage === "second-factor" ? `${place}?${new URLSearchParams({ next })}` : place, 303);
}

const nextOf = (c: PageContext): string => ownPath(c.var.form.get("next") ?? c.req.query("next"), "");

/** Coming in with a password, and going. */
export function entrancePages({ entrance }: EntrancePortal) {
  const show = (c: PageContext, problems: FieldProblem[] = [], status: Status = 200) =>
    page(c, <SignInPage locale={c.var.locale} form={{ phone: readPhoneField(c.var.form), next: nextOf(c) }} problems={problems} />, status);

  return {
    form: (c: PageContext) => show(c),

    signIn: async (c: PageContext) => {
      if (onlySwitches(c)) return show(c);
      const [phone, password] = [readPhoneField(c.var.form), readPassword(c.var.form)];
      if (phone === "") return show(c, lacks(c, "phone", "error.phone-missing"), 400);
      if (password === "") return show(c, lacks(c, "password", "error.password-missing"), 400);
      const done = await entrance.signIn({ visitor: visitorOf(c), locale: c.var.locale, phone, password });
      return done.ok ? letIn(c, done.entered, nextOf(c)) : show(c, [explain(c.var.locale, done)], statusOf(done));
    },

    done: async (c: PageContext) => {
      const known = heldSession(c) === null ? null : await entrance.whoAmI(visitorOf(c));
      if (!known) return c.redirect("/sign-in", 303);
      return known.stage === "full" ? page(c, <SignedInPage locale={c.var.locale} phone={known.phone} />) : c.redirect(PLACES[known.stage], 303);
    },

    signOut: async (c: PageContext) => {
      if (heldSession(c) !== null) await entrance.signOut(visitorOf(c));
      forgetSession(c);
      return c.redirect("/", 303);
    },
  };
}
