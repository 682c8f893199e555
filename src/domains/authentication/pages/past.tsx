import { CATALOGUES, formatInstant, type MessageKey, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Layout } from "../../../pages/layout.tsx";
import type { Deed, Listed, SignInView } from "../sessions/rpc.ts";
import { type AccountRoom, AccountNav } from "./nav.tsx";
import { placeOf, programOf } from "./whence.tsx";

interface PastPageProps<Row> {
  locale: Locale;
  listed: Listed<Row>;
}

/** Who tried to sign in. */
export function HistoryPage({ locale, listed }: PastPageProps<SignInView>) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.history" languages={{ address: "/account/history" }}>
      <h1>{t("history.heading")}</h1>
      <p class="lead">{t(listed.rows.length === 0 ? "history.none" : "history.lead")}</p>
      {listed.rows.map((tried) => <Try locale={locale} tried={tried} />)}
      <p class="hint">{t("history.not-you")}</p>
      <Onwards locale={locale} here="/account/history" next={listed.next} />
    </Layout>
  );
}

function Try({ locale, tried }: { locale: Locale; tried: SignInView }) {
  const t = translator(locale);
  return (
    <article class="card">
      <h2>{t(`history.${tried.outcome}`)}</h2>
      <p>{t(`history.by.${tried.method}`)}</p>
      {tried.reasons.length > 0 && <ul class="ticks">{tried.reasons.map((reason) => <li>{t(`history.risk.${reason}`)}</li>)}</ul>}
      <When locale={locale} past={tried} />
    </article>
  );
}

/** What somebody did. */
export function DeedsPage({ locale, listed }: PastPageProps<Deed>) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.deeds" languages={{ address: "/account/activity" }}>
      <h1>{t("deeds.heading")}</h1>
      <p class="lead">{t(listed.rows.length === 0 ? "deeds.none" : "deeds.lead")}</p>
      {listed.rows.map((deed) => (
        <article class="card">
          <DeedWords locale={locale} action={deed.action} />
          <When locale={locale} past={deed} />
        </article>
      ))}
      <Onwards locale={locale} here="/account/activity" next={listed.next} />
    </Layout>
  );
}

const hasWords = (key: string): key is MessageKey & `deed.${string}` => Object.hasOwn(CATALOGUES.en, key);

/** An action nobody put into words yet is told by its name in the audit log. */
function DeedWords({ locale, action }: { locale: Locale; action: string }) {
  const t = translator(locale);
  const key = `deed.${action}`;
  return <h2>{hasWords(key) ? t(key) : <>{t("deeds.other")} <bdi dir="ltr">{action}</bdi></>}</h2>;
}

const When = ({ locale, past }: { locale: Locale; past: Deed | SignInView }) => (
  <>
    <p class="hint">{formatInstant(locale, past.at)}</p>
    <p class="hint"><bdi>{programOf(locale, past)}</bdi> · <bdi>{placeOf(locale, past)}</bdi></p>
  </>
);

const Onwards = ({ locale, here, next }: { locale: Locale; here: AccountRoom; next: string | null }) => (
  <>
    {next && <a class="button quiet" href={`${here}?after=${next}`}>{translator(locale)("account.older")}</a>}
    <AccountNav locale={locale} here={here} />
  </>
);
