import { translator } from "../../../../i18n/index.ts";
import type { Locale } from "../../../../i18n/locales.ts";
import { Carried, ErrorSummary, type FieldProblem, StepForm, TextField } from "../../../../pages/fields.tsx";
import { Layout } from "../../../../pages/layout.tsx";
import type { CitizenKind } from "../../cases/model.ts";
import { type FilingProps, StatementField } from "./fields.tsx";
import { valueOf } from "./form.ts";
import { KIND_FIELDS } from "./kind-fields.tsx";

/** In the order in which somebody is most likely to look for them. */
const CHOICES = ["family", "disputed-document", "not-me", "complaint", "longer", "review"] as const satisfies readonly CitizenKind[];

/** What one can ask for, in the words of who asks. */
export function ChoicePage({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.requests" languages={{ address: "/my/cases/new" }}>
      <h1>{t("cases.new-heading")}</h1>
      <p class="lead">{t("cases.new-lead")}</p>
      {CHOICES.map((kind) => (
        <section class="card lines">
          <h2><a href={`/my/cases/new/${kind}`}>{t(`cases.choose.${kind}`)}</a></h2>
          <p>{t(`cases.choose-text.${kind}`)}</p>
        </section>
      ))}
      <div class="actions"><a class="button quiet" href="/my/cases">{t("cases.heading")}</a></div>
    </Layout>
  );
}

/** A number may be its second holder's, whose exclusion it never was: that has a page of its own. */
export function AnothersPage({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.requests" languages={{ address: "/my/cases/new/not-me" }}>
      <h1>{t("cases.choose.not-me")}</h1>
      <h2>{t("cases.anothers")}</h2>
      <p>{t("cases.anothers-text")}</p>
      <div class="actions">
        <a class="button" href="/number">{t("cases.anothers-yes")}</a>
        <a class="button quiet" href="/my/cases/new/not-me?mine=yes">{t("cases.anothers-no")}</a>
      </div>
    </Layout>
  );
}

/** One kind's form: what only it asks, then the words and the phone. */
export function FilingPage({ kind, ...props }: FilingProps & { kind: CitizenKind }) {
  const { locale, fields, problems } = props;
  const t = translator(locale);
  const KindFields = KIND_FIELDS[kind];
  const at = `/my/cases/new/${kind}`;
  return (
    <Layout locale={locale} tab="tab.requests" languages={{ repost: at }} wrong={problems.length > 0}>
      <h1>{t(`cases.choose.${kind}`)}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t(`cases.lead.${kind}`)}</p>
      {kind === "family" && <Next locale={locale} />}
      <StepForm action={at}>
        <Carried values={{ formId: valueOf(fields, "formId") }} />
        <KindFields {...props} />
        <StatementField
          id="statement" name="statement" label={t(`cases.statement.${kind}`)} hint={t("cases.statement-hint")} value={valueOf(fields, "statement")} problems={problems}
        />
        <TextField
          name="phone" label={t("cases.phone")} hint={t("cases.phone-hint")} value={valueOf(fields, "phone")} problems={problems}
          type="tel" inputmode="tel" autocomplete="tel" required
        />
        <p class="hint">{t("cases.after-file")}</p>
        <button class="button">{t("cases.send")}</button>
      </StepForm>
    </Layout>
  );
}

const NEXT = ["officers", "notice", "hearing", "answer", "false"] as const;

/** What becomes of a request about another, before anybody writes one. */
function Next({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <section class="card calm">
      <h2>{t("cases.family-next")}</h2>
      <ul class="ticks">{NEXT.map((point) => <li>{t(`cases.family-${point}`)}</li>)}</ul>
    </section>
  );
}

/** That a kind cannot be asked for now, before anybody writes why they want it. */
export function UnfitPage({ locale, kind, problem }: { locale: Locale; kind: CitizenKind; problem: FieldProblem }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.requests" languages={{ address: `/my/cases/new/${kind}` }}>
      <h1>{t(`cases.choose.${kind}`)}</h1>
      <p class="lead">{problem.message}</p>
      <div class="actions"><a class="button quiet" href="/my">{t("home.see")}</a></div>
    </Layout>
  );
}
