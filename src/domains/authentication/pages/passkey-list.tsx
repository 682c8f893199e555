import { formatDate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { ErrorSummary, type FieldProblem, StepForm, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { Passkey } from "../passkeys/model.ts";

export const PASSKEYS = "/account/security/passkeys";

export function PasskeysPage({ locale, passkeys }: { locale: Locale; passkeys: readonly Passkey[] }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.passkeys" languages={{ address: PASSKEYS }}>
      <h1>{t("passkey.heading")}</h1>
      <p class="lead">{t("passkey.lead")}</p>
      {passkeys.length === 0 && <p>{t("passkey.none")}</p>}
      {passkeys.map((passkey) => (
        <article class="card">
          <h2><bdi>{passkey.label}</bdi></h2>
          <Dates locale={locale} {...passkey} />
          <p class="lines"><a href={`${PASSKEYS}/${passkey.id}`}>{t("passkey.change")} <span class="unseen">{passkey.label}</span></a></p>
        </article>
      ))}
      <div class="actions">
        <a class="button" href={`${PASSKEYS}/add`}>{t("passkey.add")}</a>
        <a class="button quiet" href="/account/security">{t("passkey.security")}</a>
      </div>
    </Layout>
  );
}

function Dates({ locale, createdAt, usedAt }: Pick<Passkey, "createdAt" | "usedAt"> & { locale: Locale }) {
  const t = translator(locale);
  const used = usedAt === null ? t("passkey.unused") : t("passkey.used", { date: formatDate(locale, usedAt) });
  return <p class="hint">{t("passkey.added", { date: formatDate(locale, createdAt) })} {used}</p>;
}

interface PasskeyPageProps {
  locale: Locale;
  passkey: Passkey;
  /** As typed. */
  label: string;
  problems: readonly FieldProblem[];
}

export function PasskeyPage({ locale, passkey, label, problems }: PasskeyPageProps) {
  const t = translator(locale);
  const address = `${PASSKEYS}/${passkey.id}`;
  return (
    <Layout locale={locale} tab="tab.passkeys" languages={{ address }} wrong={problems.length > 0}>
      <h1><bdi>{passkey.label}</bdi></h1>
      <ErrorSummary locale={locale} problems={problems} />
      <Dates locale={locale} {...passkey} />
      <StepForm action={address}>
        <TextField
          name="label" label={t("passkey.label")} hint={t("passkey.label-hint")} value={label} problems={problems} autocomplete="off" dir="auto" maxlength={40}
        />
        <button class="button">{t("passkey.rename")}</button>
      </StepForm>
      <form class="group" method="post" action={`${address}/remove`}>
        <p>{t("passkey.remove-text")}</p>
        <button class="button quiet">{t("passkey.remove")}</button>
      </form>
      <a class="button quiet" href={PASSKEYS}>{t("passkey.heading")}</a>
    </Layout>
  );
}
