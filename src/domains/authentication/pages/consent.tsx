import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Carried, StepForm } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { AuthorizationRefusal, ConsentAsked } from "../oauth/rpc.ts";

export const AUTHORIZE = "/oauth/authorize";

interface ConsentPageProps {
  locale: Locale;
  asked: ConsentAsked;
  /** The request, to be judged anew with the answer. */
  request: string;
}

/** Asks somebody whether a third party's program may see what it asks for. Says who asks, what for, and where the answer goes. */
export function ConsentPage({ locale, asked: { client, redirectUri, scopes }, request }: ConsentPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.consent" languages={{ repost: AUTHORIZE }}>
      <h1>{t("consent.heading", { client })}</h1>
      <p class="lead">{t("consent.lead")}</p>
      <section class="card">
        <h2>{t("consent.sees")}</h2>
        <ul class="ticks">
          {scopes.map((scope) => <li>{t(`consent.scope.${scope}`)}</li>)}
        </ul>
      </section>
      <p class="note">{t("consent.limits")}</p>
      <p>{t("consent.leads")} <bdi dir="ltr"><b>{new URL(redirectUri).host}</b></bdi></p>
      <StepForm action={AUTHORIZE}>
        <Carried values={{ request }} />
        <div class="actions pair">
          <button class="button" name="decision" value="allow">{t("consent.allow")}</button>
          <button class="button quiet" name="decision" value="deny">{t("consent.deny")}</button>
        </div>
      </StepForm>
    </Layout>
  );
}

type Unfit = Exclude<AuthorizationRefusal["refusal"], "sign-in-due">;

/** A request of which no client can be told: it stays here. */
export function UnfitPage({ locale, refusal }: { locale: Locale; refusal: Unfit }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.problem" languages={{ address: "/" }}>
      <h1>{t("consent.unfit")}</h1>
      <p class="lead">{t(`consent.${refusal}`)}</p>
      <div class="actions"><a class="button quiet" href="/">{t("nav.home")}</a></div>
    </Layout>
  );
}
