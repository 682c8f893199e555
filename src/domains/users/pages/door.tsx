import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, StepForm, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";

/** The pages a vault has. */
export type VaultPage = "data" | "inbox" | "access" | "held" | "activity" | "details" | "contact";

const HEADINGS = {
  data: "data.heading", inbox: "inbox.heading", access: "access.heading", held: "held.heading", activity: "activity.heading", details: "details.heading-mine",
  contact: "contact.heading",
} as const;

interface DoorPageProps {
  locale: Locale;
  /** Where the code leads. */
  wanted: VaultPage;
  formId: string;
  reason: "grant-invalid" | "code-too-old";
}

/** Asks for a code, and leads on to the page that was wanted. */
export function DoorPage({ locale, wanted, formId, reason }: DoorPageProps) {
  const t = translator(locale);
  const problems = reason === "grant-invalid" ? [{ field: null, message: t("error.grant-invalid") }] : [];
  return (
    <Layout locale={locale} tab="tab.data" languages={{ address: `/my/${wanted}` }} wrong={problems.length > 0}>
      <h1>{t(HEADINGS[wanted])}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t(reason === "code-too-old" ? "data.fresh-code" : "data.code")}</p>
      <StepForm action="/my/code">
        <Carried values={{ formId, wanted }} />
        <TextField
          name="phone" label={t("details.phone")} hint={t("details.phone-hint")} value="" problems={problems}
          type="tel" inputmode="tel" autocomplete="tel" required
        />
        <button class="button">{t("details.send")}</button>
      </StepForm>
    </Layout>
  );
}

/** Nothing is kept of this phone. */
export function NothingPage({ locale, wanted }: { locale: Locale; wanted: VaultPage }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.data" languages={{ address: `/my/${wanted}` }}>
      <h1>{t("data.heading")}</h1>
      <p class="lead">{t("data.nothing")}</p>
      <div class="actions pair">
        <a class="button quiet" href="/my">{t("home.see")}</a>
        <a class="button quiet" href="/">{t("nav.home")}</a>
      </div>
    </Layout>
  );
}
