import type { Child } from "hono/jsx";
import { formatDate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Facts } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import type { AccountView } from "../sessions/rpc.ts";
import { STAFF_ROOMS } from "../../users/people/model.ts";
import { OPERATOR_ROOMS } from "../../operators/desk/model.ts";
import { allows, type Assignment, ownRole } from "../capabilities.ts";
import { AccountNav } from "./nav.tsx";

interface OverviewPageProps {
  locale: Locale;
  account: AccountView;
}

/** The account, and the ways on from it. */
export function OverviewPage({ locale, account }: OverviewPageProps) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.account" languages={{ address: "/account" }}>
      <h1>{t("account.heading")}</h1>
      <section class="card"><Facts rows={factsOf(locale, account)} /></section>
      <div class="actions">
        {account.roles.some(({ role }) => role === "citizen") && <a class="button" href="/my">{t("account.mine")}</a>}
        {isOfStaff(account.roles) && <a class="button" href="/staff">{t("account.staff")}</a>}
        {isOfOperator(account.roles) && <a class="button" href="/operator">{t("account.operator")}</a>}
        <form method="post" action="/sign-out"><button class="button quiet">{t("account.sign-out")}</button></form>
      </div>
      <AccountNav locale={locale} here="/account" />
    </Layout>
  );
}

/** Whether any of the regulator's rooms is open to somebody with these roles. */
const isOfStaff = (assignments: readonly Assignment[]): boolean =>
  Object.values(STAFF_ROOMS).some((capability) => allows({ userId: "", assignments }, capability, null));

/** Whether any room of an operator's people is. */
const isOfOperator = (assignments: readonly Assignment[]): boolean =>
  Object.values(OPERATOR_ROOMS).some((capability) => assignments.some(({ operator }) => operator !== null && ownRole({ userId: "", assignments }, capability, operator) !== null));

function factsOf(locale: Locale, { name, phone, email, roles, phoneProvenAt, passwordChangedAt, factors }: AccountView): [string, Child][] {
  const t = translator(locale);
  const proven = phoneProvenAt === null ? t("account.phone-unproven") : t("identifier.firm", { date: formatDate(locale, phoneProvenAt) });
  const changed = passwordChangedAt === null ? t("account.none") : t("account.password-changed", { date: formatDate(locale, passwordChangedAt) });
  return [
    [t("details.name"), <bdi>{name ?? t("account.none")}</bdi>],
    [t("kind.msisdn"), phone === null ? t("account.none") : <><bdi dir="ltr">{phone}</bdi><small>{proven}</small></>],
    [t("account.email"), email === null ? t("account.none") : <bdi dir="ltr">{email}</bdi>],
    [t("account.roles"), roles.length === 0 ? t("account.none") : <Roles locale={locale} roles={roles} />],
    [t("account.password"), changed],
    [t("account.second-factor"), factorsIn(locale, factors)],
  ];
}

const Roles = ({ locale, roles }: { locale: Locale; roles: AccountView["roles"] }) => (
  <ul class="plain">
    {roles.map(({ role, operator }) => <li>{translator(locale)(`account.role.${role}`)}{operator && <small><bdi>{operator}</bdi></small>}</li>)}
  </ul>
);

function factorsIn(locale: Locale, { totp, passkeys, recoveryCodes: codes }: AccountView["factors"]): Child {
  const t = translator(locale);
  const words = [
    totp && t("account.totp"),
    passkeys > 0 && t("account.passkeys", { passkeys }),
    codes > 0 && t("account.recovery-codes", { codes }),
  ].filter(Boolean);
  return words.length === 0 ? t("account.none") : <ul class="plain">{words.map((one) => <li>{one}</li>)}</ul>;
}
