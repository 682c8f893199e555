import { formatInstant, type MessageKey, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Layout } from "../../../pages/layout.tsx";
import type { Activity, VaultAction } from "../activity/model.ts";

/** What a field is called where it is filled in. */
type Label = MessageKey & `${"details" | "contact"}.${string}`;

const DETAILS: Readonly<Record<string, Label>> = {
  name: "details.name", preferredName: "details.preferred", dateOfBirth: "details.birth", county: "details.county", language: "details.language",
  quietNights: "details.nights",
};
const CONTACT: Readonly<Record<string, Label>> = { name: "contact.name", phone: "contact.phone" };

/** Those of which it is said which fields changed; the others say all by their name. */
const FIELDS: Partial<Record<VaultAction, Readonly<Record<string, Label>>>> = { "details.changed": DETAILS, "contact.changed": CONTACT };

/** What was done with the person's record: what changed, when and by whom, and never what it says. */
export function ActivityPage({ locale, activity }: { locale: Locale; activity: readonly Activity[] }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.activity" languages={{ address: "/my/activity" }}>
      <h1>{t("activity.heading")}</h1>
      <p class="lead">{t(activity.length === 0 ? "activity.none" : "activity.lead")}</p>
      {activity.map((done) => <Done locale={locale} done={done} />)}
      <p class="hint">{t("activity.not-you")}</p>
      <div class="actions pair">
        <a class="button quiet" href="/my/access">{t("access.heading")}</a>
        <a class="button quiet" href="/my/data">{t("data.heading")}</a>
      </div>
    </Layout>
  );
}

function Done({ locale, done: { action, fields, by, at } }: { locale: Locale; done: Activity }) {
  const t = translator(locale);
  const labels = fields.map((field) => FIELDS[action]?.[field]).filter((label) => label !== undefined);
  return (
    <article class="card">
      <h2>{t(`activity.${action}`)}</h2>
      {labels.length > 0 && <ul class="plain">{labels.map((label) => <li>{t(label)}</li>)}</ul>}
      <p class="hint">{t(by === "citizen" ? "activity.by-you" : "activity.by-register", { date: formatInstant(locale, at) })}</p>
    </article>
  );
}
