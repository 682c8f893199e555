import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { Layout } from "../../../pages/layout.tsx";
import type { StaffRoom } from "../people/model.ts";

/** Where somebody of the regulator's people can go. */
export function StaffPage({ locale, rooms }: { locale: Locale; rooms: readonly StaffRoom[] }) {
  const t = translator(locale);
  return (
    <Layout locale={locale} tab="tab.staff" languages={{ address: "/staff" }}>
      <h1>{t("staff.heading")}</h1>
      <p class="lead">{t("staff.lead")}</p>
      {rooms.map((room) => (
        <section class="card lines">
          <h2><a href={`/staff/${room}`}>{t(`staff.${room}`)}</a></h2>
          <p>{t(`staff.${room}-text`)}</p>
        </section>
      ))}
    </Layout>
  );
}
