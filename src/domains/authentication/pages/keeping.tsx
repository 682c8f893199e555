import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../i18n/index.ts";
import { leadOn } from "../../../pages/due.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { type PageContext, page } from "../../../pages/page.ts";
import { keepSession, visitorOf } from "../../../pages/session.ts";
import type { FactorsOverview } from "../factors/model.ts";
import { carriedCodes, FreshCodesPage, RecoveryCodesPage } from "./recovery-codes.tsx";
import { SecurityPage } from "./security.tsx";
import { explained, type FactorsPortal, isOfShowing, missing, typedAs } from "./showing.tsx";
import { TotpPage, TotpSetupPage } from "./totp.tsx";

const SECURITY = "/account/security";
const TOTP = `${SECURITY}/totp`;
const CODES = `${SECURITY}/recovery-codes`;

type Answer = Response | Promise<Response>;

/** Looking after one's own second factors. */
export function keepingPages({ factors }: FactorsPortal) {
  async function withOverview(c: PageContext, show: (overview: FactorsOverview) => Answer): Promise<Response> {
    const known = await factors.overview(visitorOf(c));
    return known.ok ? show(known.overview) : leadOn(c, known, SECURITY);
  }

  const showTotp = (c: PageContext, refusal: "totp-not-begun" | "factor-needed" | null = null) =>
    withOverview(c, (overview) => {
      const problems = refusal === null ? [] : [{ field: null, message: text(c.var.locale, `factor.${refusal}`) }];
      return page(c, <TotpPage locale={c.var.locale} overview={overview} problems={problems} />, refusal === null ? 200 : 409);
    });

  /** What was begun is the same each time it is shown. */
  async function showSetup(c: PageContext, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const begun = await factors.startTotp(visitorOf(c));
    return begun.ok ? page(c, <TotpSetupPage locale={c.var.locale} setup={begun.setup} problems={problems} />, status) : leadOn(c, begun, TOTP);
  }

  return {
    security: (c: PageContext) => withOverview(c, (overview) => page(c, <SecurityPage locale={c.var.locale} overview={overview} />)),

    totp: (c: PageContext) => showTotp(c),

    startTotp: (c: PageContext) => showSetup(c),

    confirmTotp: async (c: PageContext) => {
      const lacks = missing(c, "totp");
      if (lacks) return showSetup(c, lacks, 400);
      const done = await factors.confirmTotp({ visitor: visitorOf(c), code: typedAs(c, "totp") });
      if (done.ok) {
        keepSession(c, done.entered);
        return page(c, <FreshCodesPage locale={c.var.locale} codes={done.codes} />);
      }
      if (done.refusal === "totp-not-begun") return showTotp(c, done.refusal);
      return isOfShowing(done) ? showSetup(c, ...explained(c, "totp", done)) : leadOn(c, done, TOTP);
    },

    removeTotp: async (c: PageContext) => {
      const done = await factors.removeTotp(visitorOf(c));
      if (done.ok) return c.redirect(SECURITY, 303);
      return done.refusal === "factor-needed" ? showTotp(c, done.refusal) : leadOn(c, done, TOTP);
    },

    recoveryCodes: (c: PageContext) => withOverview(c, ({ recoveryCodes }) => page(c, <RecoveryCodesPage locale={c.var.locale} left={recoveryCodes} />)),

    newRecoveryCodes: async (c: PageContext) => {
      const shown = carriedCodes(c.var.form.get("codes"));
      if (shown) return page(c, <FreshCodesPage locale={c.var.locale} codes={shown} />);
      const made = await factors.newRecoveryCodes(visitorOf(c));
      if (made.ok) return page(c, <FreshCodesPage locale={c.var.locale} codes={made.codes} />);
      return made.refusal === "no-second-factor" ? c.redirect(SECURITY, 303) : leadOn(c, made, CODES);
    },
  };
}
