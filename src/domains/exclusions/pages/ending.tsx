import { formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { Carried, ErrorLine, ErrorSummary, Facts, type FieldProblem, messageAt, StepForm } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { HistoryStep, Receipt } from "../model.ts";
import { EndingCard, Keep } from "./ending-card.tsx";
import { facts } from "./facts.tsx";

export interface EndingPageProps {
  locale: Locale;
  problems: readonly FieldProblem[];
  receipt: Receipt;
  history: readonly HistoryStep[];
  now: Instant;
  /** A fresh id for each form: what was asked must not be taken for what keeps it. */
  newId: () => string;
}

/** Whatever comes next on the way to the end of one's exclusion. */
export function EndingPage(props: EndingPageProps) {
  const { receipt: { state, askableFrom, endableFrom }, now } = props;
  if (state === "ending") return endableFrom !== null && endableFrom <= now ? <ConfirmPage {...props} /> : <WaitPage {...props} />;
  return state === "active" && askableFrom !== null && askableFrom <= now ? <AskPage {...props} /> : <WaitPage {...props} />;
}

/** The first act: what it takes, what else one can do, and the question. */
function AskPage({ locale, problems, receipt: { reference }, newId }: EndingPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.ending" languages={{ address: `/my/end/${reference}` }} wrong={problems.length > 0}>
      <h1>{t("ending.ask-heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("ending.ask-lead")}</p>
      <section class="card">
        <ol class="steps">
          <li>{t("ending.step-ask")}</li>
          <li>{t("ending.step-wait")}</li>
          <li>{t("ending.step-confirm")}</li>
        </ol>
        <p class="hint">{t("ending.law")}</p>
      </section>
      <section class="card calm">
        <h2>{t("ending.think")}</h2>
        <p>{t("ending.warning")}</p>
        <div class="actions">
          <a class="button" href="/my">{t("ending.keep")}</a>
          <a class="button quiet" href="/my#extend">{t("ending.lengthen")}</a>
        </div>
      </section>
      <StepForm action={`/my/end/${reference}`}>
        <Carried values={{ formId: newId() }} />
        <button class="button quiet">{t("ending.ask")}</button>
      </StepForm>
    </Layout>
  );
}

/** Nothing to be done now but to keep it; also for one that cannot be ended, which says why not. */
function WaitPage({ locale, problems, receipt, history, now, newId }: EndingPageProps) {
  const t = translator(locale);
  const asked = receipt.state === "ending" ? history.findLast(({ event }) => event === "ending-asked") : undefined;
  return (
    <Layout locale={locale} tab="tab.ending" languages={{ address: `/my/end/${receipt.reference}` }} wrong={problems.length > 0}>
      <h1>{t("mine.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <EndingCard locale={locale} receipt={receipt} now={now} formId={newId()} />
      <section class="card">
        <Facts rows={[...(asked ? [[t("ending.asked"), formatInstant(locale, asked.at)] as const] : []), ...facts(locale, receipt)]} />
      </section>
      <div class="actions"><a class="button quiet" href="/my">{t("home.see")}</a></div>
    </Layout>
  );
}

/** The second act: keeping it stands first, and ending it wants a tick besides. */
function ConfirmPage({ locale, problems, receipt: { reference }, newId }: EndingPageProps) {
  const t = translator(locale);
  const message = messageAt(problems, "tick");
  return (
    <Layout locale={locale} tab="tab.ending" languages={{ address: `/my/end/${reference}` }} wrong={problems.length > 0}>
      <h1>{t("ending.confirm-heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("ending.confirm-lead")}</p>
      <section class="card calm">
        <p>{t("ending.warning")}</p>
        <Keep locale={locale} reference={reference} formId={newId()} />
      </section>
      <StepForm action={`/my/end/${reference}/confirm`}>
        <Carried values={{ formId: newId() }} />
        <div class={message && "is-wrong"}>
          <ErrorLine field="tick" message={message} />
          <div class="choice">
            <input id="tick" name="tick" type="checkbox" value="yes" aria-invalid={message ? "true" : undefined} aria-describedby={message && "tick-wrong"} />
            <label for="tick">{t("ending.tick")}</label>
          </div>
        </div>
        <button class="button quiet">{t("ending.confirm")}</button>
      </StepForm>
    </Layout>
  );
}
