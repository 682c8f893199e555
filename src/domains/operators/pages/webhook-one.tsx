import type { Child } from "hono/jsx";
import { formatInstant, type Translate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, Facts, type FieldProblem, messageAt, SelectField, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { OperatorNav, operatorPage } from "../../../pages/operator.tsx";
import { FoldedPart, Part } from "../../../pages/part.tsx";
import { SECRET_OVERLAPS } from "../desk/model.ts";
import type { WebhookSeen } from "../desk/webhook-rpc.ts";
import type { Endpoint } from "../feed/endpoints/model.ts";
import { overlapWords } from "./key-facts.tsx";
import { Address, WebhookState } from "./webhook-facts.tsx";
import { WebhookLog } from "./webhook-log.tsx";

interface WebhookPageProps {
  locale: Locale;
  /** The operator as the address names it. */
  asked: string | null;
  seen: WebhookSeen;
  formId: string;
  typed: (name: string) => string;
  problems: readonly FieldProblem[];
}

/** One webhook: how it stands, what can be done about it, and what was sent there. */
export function WebhookPage({ locale, asked, seen: { webhook, deliveries, older, may }, ...form }: WebhookPageProps) {
  const t = translator(locale);
  const address = operatorPage(`/webhooks/${webhook.id}`, asked);
  return (
    <Layout locale={locale} tab="tab.webhooks" languages={{ address }} wrong={form.problems.length > 0}>
      <h1><bdi>{webhook.description}</bdi></h1>
      <ErrorSummary locale={locale} problems={form.problems} />
      <p><WebhookState locale={locale} of={webhook} /></p>
      <section class="card"><Facts rows={factsOf(locale, webhook)} /></section>
      {may.change && <Acts locale={locale} asked={asked} known={webhook} {...form} />}
      <WebhookLog locale={locale} address={address} deliveries={deliveries} older={older} />
      <a class="button quiet" href={operatorPage("/webhooks", asked)}>{t("webhooks.back")}</a>
      <OperatorNav locale={locale} here={null} operator={asked} />
    </Layout>
  );
}

function factsOf(locale: Locale, known: Endpoint): (readonly [string, Child])[] {
  const t = translator(locale);
  const { cursor, head, receivedAt, nextAt, oldSecretUntil, createdAt } = known;
  return [
    [t("webhooks.url"), <Address of={known} />],
    [t("webhooks.told-name"), t("webhooks.told-of", { received: String(cursor), head: String(head) })],
    [t("webhooks.received-at"), receivedAt === null ? t("webhooks.never") : formatInstant(locale, receivedAt)],
    ...(nextAt === null ? [] : [[t("webhooks.next-at"), formatInstant(locale, nextAt)] as const]),
    ...(oldSecretUntil === null ? [] : [[t("webhooks.old-secret"), formatInstant(locale, oldSecretUntil)] as const]),
    [t("webhooks.created"), formatInstant(locale, createdAt)],
  ];
}

type ActsProps = Omit<WebhookPageProps, "seen"> & { known: Endpoint };

function Acts({ locale, asked, known, formId, typed, problems }: ActsProps) {
  const t = translator(locale);
  const to = (act: string): string => operatorPage(`/webhooks/${known.id}/${act}`, asked);
  return (
    <>
      <Part heading={t("webhooks.test")} hint={t("webhooks.test-hint")} action={to("test")} submit={t("webhooks.test")} />
      {known.state === "active" && (
        <FoldedPart heading={t("webhooks.replay")} hint={t("webhooks.replay-hint")} action={to("replay")} submit={t("webhooks.replay")} isOpen={messageAt(problems, "from") !== undefined}>
          <TextField name="from" label={t("webhooks.from")} value={typed("from")} problems={problems} inputmode="numeric" autocomplete="off" maxlength={16} />
        </FoldedPart>
      )}
      <FoldedPart heading={t("webhooks.rotate")} hint={t("webhooks.rotate-hint")} action={to("rotate")} submit={t("webhooks.rotate")} isOpen={false}>
        <Carried values={{ formId }} />
        <SelectField name="overlapHours" label={t("webhooks.overlap")} value="24" problems={problems} options={SECRET_OVERLAPS.map((hours) => [String(hours), overlapWords(t, hours)] as const)} />
      </FoldedPart>
      <Turn t={t} known={known} action={to("turn")} />
      <FoldedPart heading={t("webhooks.remove")} hint={t("webhooks.remove-hint")} action={to("remove")} submit={t("webhooks.remove")} isOpen={false} />
    </>
  );
}

/** Disables what is active, and the other way round; whoever saw another state than there is changes nothing. */
function Turn({ t, known: { state, version }, action }: { t: Translate; known: Endpoint; action: string }) {
  const [act, turned] = state === "active" ? (["disable", "disabled"] as const) : (["enable", "active"] as const);
  return (
    <FoldedPart heading={t(`webhooks.${act}`)} hint={t(`webhooks.${act}-hint`)} action={action} submit={t(`webhooks.${act}`)} isOpen={false}>
      <Carried values={{ state: turned, version: String(version) }} />
    </FoldedPart>
  );
}
