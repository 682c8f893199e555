import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { Carried, type FieldProblem, StepForm } from "../../../pages/fields.tsx";
import type { Receipt } from "../model.ts";
import { POLICIES, POLICY_CODES } from "../policies.ts";
import { promise, type Promised, stronger } from "../rules.ts";
import { carry, type CitizenForm } from "./form.ts";
import { type Offer, Periods } from "./period.tsx";

/** What an exclusion would promise under each period that lengthens it. */
export function choices(own: Receipt, now: Instant): Offer[] {
  const current: Promised = { ...own, policyVersion: 0, renewsAt: null };
  const offers = POLICY_CODES.map((code) => ({ code, promised: stronger(current, promise(POLICIES[code], now)) }));
  return offers.filter(({ promised }) => promised !== current);
}

interface ExtendProps {
  locale: Locale;
  form: CitizenForm;
  problems: readonly FieldProblem[];
  own: Receipt;
  now: Instant;
}

/** Lengthens one's own exclusion; the paper has no use for it. */
export function Extend({ locale, form, problems, own, now }: ExtendProps) {
  const t = translator(locale);
  const offers = choices(own, now);
  if (offers.length === 0) return <p class="note screen">{t("extend.longest")}</p>;
  return (
    <div class="screen" id="extend">
      <StepForm action="/my/extend">
        <Carried values={carry(form, "policy")} />
        <Periods locale={locale} legend={t("extend.heading")} chosen={form.policy} problems={problems} offers={offers} />
        <p class="note">{t("extend.warning")}</p>
        <button class="button">{t("extend.submit")}</button>
      </StepForm>
    </div>
  );
}
