import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Layout } from "../../../pages/layout.tsx";
import { OperatorNav, operatorPage } from "../../../pages/operator.tsx";

interface WebhookSecretPageProps {
  locale: Locale;
  asked: string | null;
  webhookId: string;
  secret: string;
}

/** A webhook's secret, the one time it is shown. */
export function WebhookSecretPage({ locale, asked, webhookId, secret }: WebhookSecretPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.webhooks" languages={{ address: operatorPage("/webhooks", asked) }}>
      <h1>{t("webhooks.made")}</h1>
      <p class="lead">{t("webhooks.once")}</p>
      <section class="card calm">
        <h2>{t("webhooks.secret")}</h2>
        <p><code dir="ltr">{secret}</code></p>
        <p class="hint">{t("webhooks.secret-hint")}</p>
      </section>
      <div class="actions"><a class="button" href={operatorPage(`/webhooks/${webhookId}`, asked)}>{t("webhooks.kept")}</a></div>
      <OperatorNav locale={locale} here={null} operator={asked} />
    </Layout>
  );
}
