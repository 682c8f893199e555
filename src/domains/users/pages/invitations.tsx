import { formatDate, text, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { isDue, leadOn } from "../../../pages/due.ts";
import { Carried, ErrorSummary, type FieldProblem } from "../../../pages/fields.tsx";
import { Layout } from "../../../pages/layout.tsx";
import { type PageContext, page, typed } from "../../../pages/page.ts";
import { visitorOf } from "../../../pages/session.ts";
import type { InvitationsRpc, OwnInvitation } from "../invitations/rpc.ts";

/** What the page of one's invitations needs from outside. */
export interface InvitationsPortal {
  invitations: InvitationsRpc;
}

const HERE = "/account/invitations";

/** What somebody signed in is invited to. Whoever is not signed in is led to where they do that. */
export function invitationPages({ invitations }: InvitationsPortal) {
  async function show(c: PageContext, problems: FieldProblem[] = []): Promise<Response> {
    const found = await invitations.mine(visitorOf(c));
    if (!found.ok) return leadOn(c, found, HERE);
    return page(c, <InvitationsPage locale={c.var.locale} invitations={found.invitations} problems={problems} />, problems.length > 0 ? 409 : 200);
  }

  return {
    list: (c: PageContext) => show(c),

    /** The role may demand more of who signs in: the account's own page leads to it. */
    accept: async (c: PageContext): Promise<Response> => {
      const done = await invitations.accept({ visitor: visitorOf(c), id: typed(c, "id") });
      if (done.ok) return c.redirect("/account", 303);
      return isDue(done) ? leadOn(c, done, HERE) : show(c, [{ field: null, message: text(c.var.locale, "invitations.gone") }]);
    },
  };
}

function InvitationsPage({ locale, invitations, problems }: { locale: Locale; invitations: readonly OwnInvitation[]; problems: readonly FieldProblem[] }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.invitations" languages={{ address: HERE }} wrong={problems.length > 0}>
      <h1>{t("invitations.heading")}</h1>
      <ErrorSummary locale={locale} problems={problems} />
      <p class="lead">{t("invitations.lead")}</p>
      {invitations.length === 0 && <p>{t("invitations.none")}</p>}
      {invitations.map(({ id, name, operator, role, expiresAt }) => (
        <section class="card">
          <h2><bdi dir="auto">{name ?? operator}</bdi></h2>
          <p>{t(`account.role.${role}`)} · {t("invitations.until", { date: formatDate(locale, expiresAt) })}</p>
          <p class="hint">{t("invitations.hint")}</p>
          <form method="post" action={HERE}>
            <Carried values={{ id }} />
            <button class="button">{t("invitations.accept")}</button>
          </form>
        </section>
      ))}
      <div class="actions"><a class="button quiet" href="/account">{t("account.heading")}</a></div>
    </Layout>
  );
}
