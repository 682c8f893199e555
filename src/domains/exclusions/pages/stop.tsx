import { formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { Carried, ErrorSummary, Facts, type FieldProblem, StepForm } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { Receipt } from "../model.ts";
import { POLICIES } from "../policies.ts";
import { promise } from "../rules.ts";
import { PhoneField } from "./details.tsx";
import { EndingCard } from "./ending-card.tsx";
import { facts } from "./facts.tsx";
import { carry, type CitizenForm } from "./form.ts";
import { Terms } from "./period.tsx";

interface StopPageProps {
  locale: Locale;
  form: CitizenForm;
  problems: readonly FieldProblem[];
  now: Instant;
  /** The proven phone, masked; without one it is asked for. */
  phone: string | null;
}

/** 24 hours and nothing to choose: the button, or the phone that a code goes to. */
export function StopPage({ locale, form, problems, now, phone }: StopPageProps) {
  const t = translator(locale);
  const { endsAt } = promise(POLICIES["24h"], now);
  return (
    <Layout locale={locale} tab="tab.stop" languages={{ repost: "/my/stop" }} wrong={problems.length > 0}>
      <h1>{t("stop.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("stop.lead", { until: formatInstant(locale, endsAt!) })}</p>
      <StepForm action={phone === null ? "/my/stop/code" : "/my/stop/now"}>
        <Carried values={carry(form, "phone", "sentTo", "code")} />
        {phone === null ? <PhoneField locale={locale} phone={form.phone} problems={problems} /> : <p>{t("stop.for")} <b><bdi dir="ltr">{phone}</bdi></b></p>}
        {phone !== null && <p class="note">{t("code.warning")}</p>}
        <button class={phone === null ? "button" : "button now"}>{t(phone === null ? "details.send" : "stop.press")}</button>
      </StepForm>
      <Terms locale={locale} />
      <p class="note">{t("home.privacy-text")}</p>
    </Layout>
  );
}

/** Something longer is in force: one is told so, and can make it longer still. */
export function StoppedPage({ locale, receipt, now, formId }: { locale: Locale; receipt: Receipt; now: Instant; formId: string }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.stop" languages={{ address: "/my/stop" }}>
      <h1>{t("stop.already")}</h1>
      <p class="lead">{t("stop.already-text")}</p>
      <EndingCard locale={locale} receipt={receipt} now={now} formId={formId} />
      <section class="card"><Facts rows={facts(locale, receipt)} /></section>
      <div class="actions"><a class="button" href="/my#extend">{t("extend.heading")}</a></div>
    </Layout>
  );
}
