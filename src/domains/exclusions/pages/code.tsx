import type { Child } from "hono/jsx";
import { formatDate, formatInstant, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { Carried, ErrorSummary, Facts, type FieldProblem, StepForm, TextField } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { type ChosenPolicy, POLICIES, term } from "../policies.ts";
import { carry, type CitizenForm, typedDocument } from "./form.ts";

interface CodeStepProps {
  locale: Locale;
  form: CitizenForm;
  problems: readonly FieldProblem[];
  /** Whether another code was just asked for. */
  again?: boolean;
}

/** The third step: a last look, and the code that proves the phone. */
export function CodePage({ policy, now, ...props }: CodeStepProps & { policy: ChosenPolicy; now: Instant }) {
  const t = translator(props.locale);
  const at = { send: "/exclude/code", confirm: "/exclude/confirm", change: "/exclude/details" };
  return (
    <CodeStep
      {...props} at={at} submit={t("code.confirm")}
      step={t("nav.step", { step: 3, steps: 3 })} warning={t("code.warning")}
    >
      <section class="card">
        <h2>{t("code.summary")}</h2>
        <Facts rows={summary(props.locale, props.form, policy, now)} />
      </section>
    </CodeStep>
  );
}

function summary(locale: Locale, form: CitizenForm, policy: ChosenPolicy, now: Instant): [string, Child][] {
  const t = translator(locale);
  const { endsAt, reviewAt } = term(POLICIES[policy], now);
  const document = typedDocument(form);
  const rows: [string, Child][] = [[t("fact.period"), t(`period.${policy}`)]];
  if (endsAt !== null) {
    const automatic = POLICIES[policy].endMode === "automatic";
    rows.push(automatic ? [t("fact.until"), formatInstant(locale, endsAt)] : [t("fact.at-least"), formatDate(locale, endsAt)]);
  }
  if (reviewAt !== null) rows.push([t("fact.review"), formatDate(locale, reviewAt)]);
  if (document !== null && document !== "unknown-kind") {
    rows.push([t("fact.document"), <>{t(`kind.${document.kind}`)} <bdi dir="ltr">{document.value}</bdi></>]);
  }
  return rows;
}

/** The same step on the way to one's own page. */
export function OwnCodePage(props: CodeStepProps) {
  const at = { send: "/my/code", confirm: "/my/enter", change: "/my" };
  return <CodeStep {...props} at={at} submit={translator(props.locale)("mine.enter")} />;
}

/** The same step on the way to 24 hours. */
export function StopCodePage(props: CodeStepProps) {
  const at = { send: "/my/stop/code", confirm: "/my/stop/confirm", change: "/my/stop" };
  const t = translator(props.locale);
  return <CodeStep {...props} at={at} submit={t("stop.press")} warning={t("code.warning")} />;
}

/** The same step for a number that was somebody else's before. */
export function NumberCodePage(props: CodeStepProps) {
  const at = { send: "/number/code", confirm: "/number/confirm", change: "/number" };
  const t = translator(props.locale);
  return <CodeStep {...props} at={at} submit={t("number.confirm")} warning={t("number.only")} />;
}

interface ProofProps extends CodeStepProps {
  /** Where the form is sent, over each step. */
  at: string;
  submit: string;
  /** What waits in the page for the code. */
  carried: Readonly<Record<string, string>>;
}

/** The same step between what somebody wrote and its being sent. */
export const ProofCodePage = ({ at, ...props }: ProofProps) => <CodeStep {...props} at={{ send: at, confirm: at, change: `${at}?edit` }} />;

interface Words {
  at: { send: string; confirm: string; change: string };
  submit: string;
  step?: string;
  warning?: string;
  carried?: Readonly<Record<string, string>>;
  children?: Child;
}

function CodeStep({ locale, form, problems, again, at, submit, step, warning, carried = carry(form, "code"), children }: CodeStepProps & Words) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.code" languages={{ repost: at.send }} wrong={problems.length > 0}>
      {step && <p class="step">{step}</p>}
      <h1>{t("code.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      {again && <p class="note" role="status">{t("code.sent-again")}</p>}
      <p class="lead">
        {t("code.sent")} <b><bdi dir="ltr">{form.sentTo || form.phone}</bdi></b>
      </p>
      {children}
      <StepForm action={at.confirm}>
        <Carried values={carried} />
        <div class="code">
          <TextField
            name="code" label={t("code.label")} hint={t("code.hint")} value={form.code} problems={problems}
            inputmode="numeric" autocomplete="one-time-code" required
          />
        </div>
        {warning && <p class="note">{warning}</p>}
        <div class="actions">
          <button class="button">{submit}</button>
          <button class="button quiet" formaction={at.send} name="again" value="yes">{t("code.again")}</button>
          <button class="button quiet" formaction={at.change}>{t("action.change-phone")}</button>
        </div>
      </StepForm>
    </Layout>
  );
}
