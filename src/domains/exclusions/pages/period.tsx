import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { Carried, ErrorLine, ErrorSummary, type FieldProblem, messageAt, StepForm } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { type ChosenPolicy, POLICIES, POLICY_CODES } from "../policies.ts";
import { promise, type Promised } from "../rules.ts";
import { carry, type CitizenForm } from "./form.ts";
import { promiseInWords } from "./wording.ts";

interface PeriodPageProps {
  locale: Locale;
  form: CitizenForm;
  problems: readonly FieldProblem[];
  now: Instant;
}

/** The first step: what it means, and for how long. */
export function PeriodPage({ locale, form, problems, now }: PeriodPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.period" languages={{ repost: "/exclude" }} wrong={problems.length > 0}>
      <p class="step">{t("nav.step", { step: 1, steps: 3 })}</p>
      <h1>{t("period.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <Terms locale={locale} />
      <StepForm action="/exclude/details">
        <Carried values={carry(form, "policy")} />
        <Periods
          locale={locale} legend={t("period.legend")} chosen={form.policy} problems={problems}
          offers={POLICY_CODES.map((code) => ({ code, promised: promise(POLICIES[code], now) }))}
        />
        <button class="button">{t("action.continue")}</button>
      </StepForm>
    </Layout>
  );
}

/** What it means, as agreed to with the code. */
export function Terms({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <section class="card">
      <h2>{t("meaning.heading")}</h2>
      <ul class="ticks">
        {(["no-bets", "at-once", "no-undo", "money", "unlicensed"] as const).map((term) => <li>{t(`meaning.${term}`)}</li>)}
      </ul>
    </section>
  );
}

/** A choice, and what it would promise: another policy's end where that is later. */
export interface Offer {
  code: ChosenPolicy;
  promised: Promised;
}

interface PeriodsProps {
  locale: Locale;
  legend: string;
  chosen: string;
  problems: readonly FieldProblem[];
  offers: readonly Offer[];
}

/** The choices: the longer ones, which the evidence supports, come first and say why; the short ones stand right below. */
export function Periods({ locale, legend, chosen, problems, offers }: PeriodsProps) {
  const t = translator(locale);
  const message = messageAt(problems, "policy");
  const longer = offers.filter(({ code }) => POLICIES[code].endMode === "confirmed");
  const shorter = offers.filter((offer) => !longer.includes(offer));
  const first = (longer[0] ?? shorter[0])?.code;
  const choice = (offer: Offer) => {
    const id = offer.code === first ? "policy" : `policy-${offer.code}`;
    return <Choice locale={locale} offer={offer} id={id} chosen={offer.code === chosen} />;
  };
  return (
    <fieldset aria-describedby={message && "policy-wrong"} class={message && "is-wrong"}>
      <legend>{legend}</legend>
      <ErrorLine field="policy" message={message} />
      <div class="group calm" role="group" aria-labelledby="longer">
        <h2 id="longer">{t("period.longer")}</h2>
        <p class="hint">{t("period.evidence")}</p>
        {longer.map(choice)}
      </div>
      {shorter.length > 0 && (
        <div class="group" role="group" aria-labelledby="shorter">
          <h2 id="shorter">{t("period.shorter")}</h2>
          {shorter.map(choice)}
        </div>
      )}
    </fieldset>
  );
}

function Choice({ locale, offer: { code, promised }, id, chosen }: { locale: Locale; offer: Offer; id: string; chosen: boolean }) {
  const promiseId = `${id}-promise`;
  return (
    <div class="choice">
      <input type="radio" id={id} name="policy" value={code} checked={chosen} required aria-describedby={promiseId} />
      <label for={id}>{translator(locale)(`period.${code}`)}</label>
      <p id={promiseId}>{promiseInWords(locale, promised)}</p>
    </div>
  );
}
