import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, type FieldProblem, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { OperatorNav, operatorPage } from "../../../pages/operator.tsx";
import { FoldedPart } from "../../../pages/part.tsx";
import type { Endpoint } from "../feed/endpoints/model.ts";
import { Address, WebhookState } from "./webhook-facts.tsx";

interface WebhooksPageProps {
  locale: Locale;
  /** The operator as the address names it. */
  asked: string | null;
  webhooks: readonly Endpoint[];
  may: { change: boolean };
  formId: string;
  typed: (name: string) => string;
  problems: readonly FieldProblem[];
}

/** Where an operator is told, and the form that adds another place. */
export function WebhooksPage({ locale, asked, webhooks, may, ...form }: WebhooksPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.webhooks" languages={{ address: operatorPage("/webhooks", asked) }} wrong={form.problems.length > 0}>
      <h1>{t("operator.webhooks")}</h1>
      <ErrorSummary locale={locale} problems={form.problems} />
      <p class="lead">{t("webhooks.lead")}</p>
      {may.change && <AddForm locale={locale} asked={asked} {...form} />}
      <section class="card">
        <h2>{t("webhooks.list")}</h2>
        {webhooks.length === 0 ? <p>{t("webhooks.none")}</p> : <ul class="plain">{webhooks.map((webhook) => <li><Line locale={locale} asked={asked} known={webhook} /></li>)}</ul>}
      </section>
      <OperatorNav locale={locale} here="webhooks" operator={asked} />
    </Layout>
  );
}

function Line({ locale, asked, known }: { locale: Locale; asked: string | null; known: Endpoint }) {
  const t = translator(locale);
  const { id, url, description, cursor, head } = known;
  return (
    <article class="group">
      <p class="lines"><a href={operatorPage(`/webhooks/${id}`, asked)}>{description === url ? <Address of={known} /> : <bdi>{description}</bdi>}</a></p>
      {description !== url && <p class="hint"><Address of={known} /></p>}
      <p><WebhookState locale={locale} of={known} /></p>
      <p class="hint">{t("webhooks.told", { received: String(cursor), head: String(head) })}</p>
    </article>
  );
}

function AddForm({ locale, asked, formId, typed, problems }: Pick<WebhooksPageProps, "locale" | "asked" | "formId" | "typed" | "problems">) {
  const t = translator(locale);
  return (
    <FoldedPart heading={t("webhooks.add")} hint={t("webhooks.add-hint")} action={operatorPage("/webhooks", asked)} submit={t("webhooks.add")} isOpen={problems.length > 0}>
      <Carried values={{ formId }} />
      <TextField name="url" label={t("webhooks.url")} hint={t("webhooks.url-hint")} value={typed("url")} problems={problems} autocomplete="off" maxlength={2_048} />
      <TextField name="description" label={t("webhooks.description")} hint={t("webhooks.description-hint")} value={typed("description")} problems={problems} autocomplete="off" dir="auto" maxlength={200} />
    </FoldedPart>
  );
}
