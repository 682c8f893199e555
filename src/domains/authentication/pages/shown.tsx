import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, type FieldProblem, StepForm, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { Shown, Way } from "../factors/model.ts";

/** The name of the field a factor is typed into. */
export const fieldOf = (way: Shown): "password" | "code" => (way === "password" ? way : "code");

/** As long as people write them, with room for spaces. */
const LENGTHS = { "password": 1_000, "totp": 10, "recovery-code": 40 } as const;

interface FactorFieldProps {
  locale: Locale;
  way: Shown;
  problems: readonly FieldProblem[];
}

/** What is asked for, never filled in by us: it is typed each time. */
export function FactorField({ locale, way, problems }: FactorFieldProps) {
  const t = translator(locale);
  const common = { name: fieldOf(way), label: t(`factor.label-${way}`), value: "", problems, maxlength: LENGTHS[way], required: true };
  if (way === "password") return <TextField {...common} type="password" autocomplete="current-password" />;
  if (way === "recovery-code") return <TextField {...common} hint={t("factor.hint-recovery-code")} autocomplete="off" />;
  return <div class="code"><TextField {...common} hint={t("factor.hint-totp")} inputmode="numeric" autocomplete="one-time-code" /></div>;
}

interface ShowPageProps extends FactorFieldProps {
  /** What else could be shown. */
  ways: readonly Way[];
  /** Between two factors, or again in the middle of a session; `next` is where that leads back to. */
  at: { action: "/sign-in/second" | "/account/prove"; next: string };
}

/** Asks for one factor. Whoever cannot show it takes another, or signs in anew. */
export function ShowPage({ locale, way, ways, problems, at }: ShowPageProps) {
  const t = translator(locale);
  const [tab, room] = at.action === "/account/prove" ? ["tab.prove", "prove"] as const : ["tab.second-factor", "second"] as const;
  const others = ways.filter((other): other is Shown => other !== way && other !== "passkey");
  return (
    <Layout locale={locale} tab={tab} languages={{ repost: at.action }} wrong={problems.length > 0}>
      <h1>{t(`factor.${room}-heading`)}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t(`factor.${room}-lead`)}</p>
      <StepForm action={at.action}>
        <Carried values={{ way, next: at.next }} />
        <FactorField locale={locale} way={way} problems={problems} />
        <div class="actions">
          <button class="button">{t("action.continue")}</button>
          {others.map((other) => <button class="button quiet" name="instead" value={other}>{t(`factor.instead-${other}`)}</button>)}
          <a class="button quiet" href="/sign-in">{t("factor.sign-in-again")}</a>
        </div>
      </StepForm>
    </Layout>
  );
}

/** Nothing of what the account has can be typed. */
export function NothingToShowPage({ locale, action }: { locale: Locale; action: "/sign-in/second" | "/account/prove" }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.prove" languages={{ address: action }}>
      <h1>{t("factor.prove-heading")}</h1>
      <p class="lead">{t("factor.prove-by-sign-in")}</p>
      <a class="button" href="/sign-in">{t("factor.sign-in-again")}</a>
    </Layout>
  );
}
