import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../i18n/index.ts";
import { toLatinDigits } from "../../../pages/digits.ts";
import { leadOn } from "../../../pages/due.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { ownPath } from "../../../pages/next.ts";
import { onlySwitches, type PageContext, page } from "../../../pages/page.ts";
import { keepSession, visitorOf } from "../../../pages/session.ts";
import type { Shown, Way } from "../factors/model.ts";
import type { FactorsRpc, ShowingRefusal } from "../factors/rpc.ts";
import type { Stage } from "../sessions/model.ts";
import { type Action, fieldOf, passkeyAt, ShowPage } from "./shown.tsx";

/** What the pages of second factors need from outside. */
export interface FactorsPortal {
  factors: FactorsRpc;
}

const SECURITY = "/account/security";

const canBeTyped = (way: Way): way is Shown => way !== "passkey";

/** That nothing was typed, beside its field; null when something was. */
export const missing = (c: PageContext, way: Shown): FieldProblem[] | null =>
  typedAs(c, way) === "" ? [{ field: fieldOf(way), message: text(c.var.locale, `factor.missing-${way}`) }] : null;

export const typedAs = (c: PageContext, way: Shown): string => {
  const typed = c.var.form.get(fieldOf(way)) ?? "";
  return way === "password" ? typed : toLatinDigits(typed.trim());
};

export const isOfShowing = (refusal: ShowingRefusal | { refusal: string }): refusal is ShowingRefusal =>
  refusal.refusal === "factor-wrong" || refusal.refusal === "factor-locked";

/** Why what was typed does not do, beside its field, and the page's status. */
export function explained(c: PageContext, way: Shown, refusal: ShowingRefusal): [FieldProblem[], Status] {
  const { locale } = c.var;
  if (refusal.refusal === "factor-wrong") return [[{ field: fieldOf(way), message: text(locale, `factor.wrong-${way}`) }], 422];
  return [[{ field: null, message: text(locale, "factor.locked", { minutes: refusal.minutes }) }], 429];
}

/** Where each leads to when nothing was asked for. */
const AFTER: Record<Action, string> = { "/sign-in/second": "/account", "/account/prove": SECURITY };

/** The second step of signing in, and the step-up before what is dangerous. */
export function showingPages({ factors }: FactorsPortal) {
  const nextOf = (c: PageContext, action: Action): string => ownPath(c.var.form.get("next") ?? c.req.query("next"), AFTER[action]);

  /** What of the account can be typed, as it was chosen, else the first there is. */
  function wayOf(c: PageContext, ways: readonly Way[]): Shown | undefined {
    const chosen = c.var.form.get("instead") ?? c.var.form.get("way");
    const typable = ways.filter(canBeTyped);
    return typable.find((way) => way === chosen) ?? typable[0];
  }

  function show(c: PageContext, action: Action, ways: readonly Way[], problems: FieldProblem[] = [], status: Status = 200) {
    const { locale } = c.var;
    const way = wayOf(c, ways);
    if (!way) return c.redirect(passkeyAt(action, nextOf(c, action)), 303);
    return page(c, <ShowPage locale={locale} way={way} ways={ways} problems={problems} at={{ action, next: nextOf(c, action) }} />, status);
  }

  /** Asks whoever is at this stage for one of their factors, judges what they show, and leads everybody else on. */
  const step = (action: Action, stage: Stage, send: FactorsRpc["prove"] | FactorsRpc["secondFactor"]) => async (c: PageContext) => {
    const due = await factors.ways(visitorOf(c));
    if (!due.ok) return leadOn(c, due, SECURITY);
    if (due.stage !== stage) return c.redirect(stage === "full" ? "/sign-in/second" : SECURITY, 303);
    const way = wayOf(c, due.ways);
    if (c.req.method === "GET" || !way || onlySwitches(c) || c.var.form.has("instead")) return show(c, action, due.ways);
    const lacks = missing(c, way);
    if (lacks) return show(c, action, due.ways, lacks, 400);
    const done = await send({ visitor: visitorOf(c), way, text: typedAs(c, way) });
    if (done.ok) {
      if ("entered" in done) keepSession(c, done.entered);
      return c.redirect(nextOf(c, action), 303);
    }
    if (done.refusal === "signed-in") return c.redirect(SECURITY, 303);
    return isOfShowing(done) ? show(c, action, due.ways, ...explained(c, way, done)) : leadOn(c, done, SECURITY);
  };

  return {
    second: step("/sign-in/second", "second-factor", (showing) => factors.secondFactor(showing)),
    prove: step("/account/prove", "full", (showing) => factors.prove(showing)),
  };
}
