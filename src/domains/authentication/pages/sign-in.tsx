import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, type FieldProblem, StepForm, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { Shown } from "./portal.ts";

/** Where somebody who forgot their password sets a new one. */
export const RESET_PAGE = "/reset";

/** A browser cuts off what is longer, and says nothing. */
const NEVER_CUT = 1_000;

interface PasswordFieldProps {
  label: string;
  hint?: string;
  problems: readonly FieldProblem[];
  autocomplete: "current-password" | "new-password";
}

/** Never filled in by us: what was typed is typed again. */
export const PasswordField = (props: PasswordFieldProps) => (
  <TextField {...props} name="password" value="" type="password" maxlength={NEVER_CUT} required />
);

/** `next` is where it leads back to; "" leads to the account. */
export function SignInPage({ locale, form: { phone, next }, problems }: Shown<{ phone: string; next: string }>) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.sign-in" languages={{ repost: "/sign-in" }} wrong={problems.length > 0}>
      <h1>{t("sign-in.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("sign-in.lead")}</p>
      <StepForm action="/sign-in">
        <Carried values={{ next }} />
        <TextField
          name="phone" label={t("details.phone")} hint={t("details.phone-hint")} value={phone} problems={problems}
          type="tel" inputmode="tel" autocomplete="username" required
        />
        <PasswordField label={t("sign-in.password")} problems={problems} autocomplete="current-password" />
        <div class="actions">
          <button class="button">{t("sign-in.submit")}</button>
          <a class="button quiet" href={RESET_PAGE}>{t("sign-in.forgotten")}</a>
          <a class="button quiet" href="/sign-up">{t("sign-in.new")}</a>
        </div>
      </StepForm>
    </Layout>
  );
}

/** Who is signed in, and the way out. */
export function SignedInPage({ locale, phone }: { locale: Locale; phone: string | null }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.sign-up" languages={{ address: "/sign-in/done" }}>
      <h1>{t("sign-in.done")}</h1>
      {phone && <p class="lead">{t("sign-in.as")} <bdi dir="ltr">{phone}</bdi></p>}
      <div class="actions">
        <a class="button" href="/">{t("nav.home")}</a>
        <form method="post" action="/sign-out"><button class="button quiet">{t("sign-in.out")}</button></form>
      </div>
    </Layout>
  );
}
