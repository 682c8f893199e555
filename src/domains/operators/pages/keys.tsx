import { type Translate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, ErrorSummary, type FieldProblem, SelectField, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { OperatorNav, operatorPage } from "../../../pages/operator.tsx";
import { FoldedPart } from "../../../pages/part.tsx";
import { KEY_MODES } from "../../../check/terms.ts";
import { KEY_LIVES, type KeySeen } from "../desk/model.ts";
import { KeyState, PublicId, usedWords } from "./key-facts.tsx";

interface KeysPageProps {
  locale: Locale;
  /** The operator as the address names it. */
  asked: string | null;
  keys: readonly KeySeen[];
  may: { change: boolean };
  now: number;
  formId: string;
  typed: (name: string) => string;
  problems: readonly FieldProblem[];
}

/** An operator's keys, and the form that makes one. */
export function KeysPage({ locale, asked, keys, may, now, formId, typed, problems }: KeysPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.keys" languages={{ address: operatorPage("/keys", asked) }} wrong={problems.length > 0}>
      <h1>{t("operator.keys")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("keys.lead")}</p>
      {may.change && <MakeForm locale={locale} asked={asked} formId={formId} typed={typed} problems={problems} />}
      <section class="card">
        <h2>{t("keys.list")}</h2>
        {keys.length === 0 ? <p>{t("keys.none")}</p> : <ul class="plain">{keys.map((key) => <li><Line locale={locale} asked={asked} known={key} now={now} /></li>)}</ul>}
        <p class="hint">{t("keys.used-hint")}</p>
      </section>
      <OperatorNav locale={locale} here="keys" operator={asked} />
    </Layout>
  );
}

function Line({ locale, asked, known, now }: { locale: Locale; asked: string | null; known: KeySeen; now: number }) {
  const t = translator(locale);
  return (
    <article class="group">
      <p class="lines"><a href={operatorPage(`/keys/${known.id}`, asked)}>{known.name === null ? <PublicId of={known} /> : <bdi>{known.name}</bdi>}</a></p>
      {known.name !== null && <p class="hint"><PublicId of={known} /></p>}
      <p><KeyState locale={locale} of={known} now={now} /></p>
      <p class="hint">{t(`keys.mode-${known.mode}`)} · {usedWords(locale, known)}</p>
    </article>
  );
}

const lives = (t: Translate) => [["", t("keys.no-end")] as const, ...KEY_LIVES.map((days) => [String(days), t("keys.days", { days })] as const)];

function MakeForm({ locale, asked, formId, typed, problems }: Pick<KeysPageProps, "locale" | "asked" | "formId" | "typed" | "problems">) {
  const t = translator(locale);
  return (
    <FoldedPart heading={t("keys.make")} hint={t("keys.make-hint")} action={operatorPage("/keys", asked)} submit={t("keys.make")} isOpen={problems.length > 0}>
      <Carried values={{ formId }} />
      <TextField name="name" label={t("keys.name")} hint={t("keys.name-hint")} value={typed("name")} problems={problems} autocomplete="off" dir="auto" maxlength={80} />
      <SelectField name="mode" label={t("keys.mode")} hint={t("keys.mode-hint")} value={typed("mode") || "live"} problems={problems} options={KEY_MODES.map((mode) => [mode, t(`keys.mode-${mode}`)] as const)} />
      <SelectField name="days" label={t("keys.end")} value={typed("days")} problems={problems} options={lives(t)} />
      <TextField name="networks" label={t("keys.networks")} hint={t("keys.networks-hint")} value={typed("networks")} problems={problems} autocomplete="off" maxlength={1_000} />
    </FoldedPart>
  );
}
