import type { Child } from "hono/jsx";
import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, type FieldProblem, StepForm, TextField } from "../../../pages/fields.tsx";
import { Layout, type Tab } from "../../../pages/layout.tsx";
import type { Shown } from "./password-portal.ts";

/** A browser cuts off what is longer, and says nothing. */
const NEVER_CUT = 1_000;

interface FieldProps {
  locale: Locale;
  problems: readonly FieldProblem[];
}

/** Never filled in by us: what was typed is typed again. */
export const NewPasswordField = ({ locale, problems }: FieldProps) => (
  <TextField
    name="password" label={translator(locale)("reset.password")} hint={translator(locale)("reset.password-hint")} value="" problems={problems}
    type="password" autocomplete="new-password" maxlength={NEVER_CUT} required
  />
);

export const CurrentPasswordField = ({ locale, problems }: FieldProps) => (
  <TextField
    name="current" label={translator(locale)("own-password.current")} value="" problems={problems}
    type="password" autocomplete="current-password" maxlength={NEVER_CUT} required
  />
);

export const PhoneField = ({ locale, problems, label, value }: FieldProps & { label: string; value: string }) => (
  <TextField
    name="phone" label={label} hint={translator(locale)("details.phone-hint")} value={value} problems={problems}
    type="tel" inputmode="tel" autocomplete="tel" required
  />
);

interface CodeStepProps extends Shown {
  /** Where another code, the proof and another number lead. */
  at: { send: string; confirm: string; change: string };
  lead: string;
  submit: string;
  /** Another code was asked for, and went out. */
  again?: boolean;
  /** What else is asked for. */
  children?: Child;
}

/** Asks for the code that proves a phone. */
export function CodeStep({ locale, form, problems, at, lead, submit, again = false, children }: CodeStepProps) {
  const t = translator(locale);
  const { formId, phone, sentTo, link } = form;
  return (
    <Layout locale={locale} tab="tab.code" languages={{ repost: at.send }} wrong={problems.length > 0}>
      <h1>{t("code.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      {again && <p class="note" role="status">{t("code.sent-again")}</p>}
      <p class="lead">
        {lead} <b><bdi dir="ltr">{sentTo || phone}</bdi></b>
      </p>
      <StepForm action={at.confirm}>
        <Carried values={{ formId, phone, sentTo, link }} />
        <div class="code">
          <TextField
            name="code" label={t("code.label")} hint={t("code.hint")} value={form.code} problems={problems}
            inputmode="numeric" autocomplete="one-time-code" required
          />
        </div>
        {children}
        <div class="actions">
          <button class="button">{submit}</button>
          <button class="button quiet" formaction={at.send} name="again" value="yes">{t("code.again")}</button>
          <button class="button quiet" formaction={at.change}>{t("action.change-phone")}</button>
        </div>
      </StepForm>
    </Layout>
  );
}

interface DonePageProps {
  locale: Locale;
  tab: Tab;
  address: string;
  heading: string;
  lead: string;
  children?: Child;
}

/** That it is done, and where to go on. */
export const DonePage = ({ locale, tab, address, heading, lead, children }: DonePageProps) => (
  <Layout locale={locale} tab={tab} languages={{ address }}>
    <h1>{heading}</h1>
    <p class="lead">{lead}</p>
    <div class="actions pair">{children}</div>
  </Layout>
);
