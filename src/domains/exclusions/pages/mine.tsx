import { formatDate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { Carried, ErrorSummary, Facts, type FieldProblem, StepForm } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { Receipt } from "../model.ts";
import { POLICIES, POLICY_CODES } from "../policies.ts";
import { promise, type Promised, stronger } from "../rules.ts";
import { PhoneField } from "./details.tsx";
import { carry, type CitizenForm } from "./form.ts";
import { type Offer, Periods } from "./period.tsx";
import { facts } from "./receipt.tsx";

interface FormPageProps {
  locale: Locale;
  form: CitizenForm;
  problems: readonly FieldProblem[];
}

/** The door to one's own page: a phone that one holds. */
export function PhonePage({ locale, form, problems }: FormPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.mine" languages={{ repost: "/my" }} wrong={problems.length > 0}>
      <h1>{t("mine.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("mine.lead")}</p>
      <StepForm action="/my/code">
        <Carried values={carry(form, "phone", "sentTo", "code")} />
        <PhoneField locale={locale} phone={form.phone} problems={problems} />
        <div class="actions">
          <button class="button">{t("details.send")}</button>
          <a class="button quiet" href="/number">{t("number.heading")}</a>
        </div>
      </StepForm>
    </Layout>
  );
}

interface OverviewPageProps extends FormPageProps {
  phone: string;
  receipts: readonly Receipt[];
  now: Instant;
}

/** What is in force, how to lengthen it, and each receipt. */
export function OverviewPage({ locale, form, problems, phone, receipts, now }: OverviewPageProps) {
  const t = translator(locale);
  const active = receipts.find(({ state }) => state === "active");
  const languages = active && choices(active, now).length > 0 ? { repost: "/my" } : { address: "/my" };
  return (
    <Layout locale={locale} tab="tab.mine" languages={languages} wrong={problems.length > 0}>
      <h1>{t("mine.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <section class="card">
        <p><bdi dir="ltr">{phone}</bdi></p>
        {active ? <InForce locale={locale} receipt={active} /> : <NothingInForce locale={locale} />}
      </section>
      {active && <Extend locale={locale} form={form} problems={problems} active={active} now={now} />}
      {receipts.length > 0 && <Receipts locale={locale} receipts={receipts} />}
      <div class="actions">
        {receipts.length > 0 && <a class="button quiet" href="/my/data">{t("data.open")}</a>}
        <a class="button quiet" href="/my/requests">{t("rights.heading")}</a>
        {receipts.length > 0 && <a class="button quiet" href="/number">{t("number.heading")}</a>}
      </div>
    </Layout>
  );
}

function InForce({ locale, receipt }: { locale: Locale; receipt: Receipt }) {
  const t = translator(locale);
  return (
    <>
      <p><span class="tag">{t("mine.in-force")}</span></p>
      <Facts rows={facts(locale, receipt)} />
    </>
  );
}

function NothingInForce({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <>
      <p class="lead">{t("mine.none")}</p>
      <div class="actions"><a class="button" href="/exclude">{t("home.start")}</a></div>
    </>
  );
}

/** What the exclusion would promise under each period that lengthens it. */
function choices(active: Receipt, now: Instant): Offer[] {
  const current: Promised = { ...active, policyVersion: 0, renewsAt: null };
  const offers = POLICY_CODES.map((code) => ({ code, promised: stronger(current, promise(POLICIES[code], now)) }));
  return offers.filter(({ promised }) => promised !== current);
}

function Extend({ locale, form, problems, active, now }: FormPageProps & { active: Receipt; now: Instant }) {
  const t = translator(locale);
  const offers = choices(active, now);
  if (offers.length === 0) return <p class="note">{t("extend.longest")}</p>;
  return (
    <StepForm action="/my/extend">
      <Carried values={carry(form, "policy")} />
      <Periods locale={locale} legend={t("extend.heading")} chosen={form.policy} problems={problems} offers={offers} />
      <p class="note">{t("extend.warning")}</p>
      <button class="button">{t("extend.submit")}</button>
    </StepForm>
  );
}

function Receipts({ locale, receipts }: { locale: Locale; receipts: readonly Receipt[] }) {
  const t = translator(locale);
  return (
    <section class="card">
      <h2>{t("mine.receipts")}</h2>
      <ul class="plain lines">
        {receipts.map(({ reference, endedAt }) => (
          <li>
            <a href={`/my/receipts/${reference}`}><bdi dir="ltr">{reference}</bdi></a>
            {endedAt !== null && `, ${t("mine.ended-on", { until: formatDate(locale, endedAt) })}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
