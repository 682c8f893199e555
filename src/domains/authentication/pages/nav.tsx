import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";

/** The pages an account has, in the order they are offered. */
const ROOMS = {
  "/account": "account.heading",
  "/account/security": "account.security",
  "/account/sessions": "sessions.heading",
  "/account/devices": "devices.heading",
  "/account/history": "history.heading",
  "/account/activity": "deeds.heading",
  "/account/invitations": "invitations.heading",
} as const;

export type AccountRoom = keyof typeof ROOMS;

/** Stands at the end of each page of an account. */
export function AccountNav({ locale, here }: { locale: Locale; here: AccountRoom }) {
  const t = translator(locale);
  return (
    <nav class="rooms" aria-label={t("account.pages")}>
      <ul>
        {Object.entries(ROOMS).map(([address, heading]) => (
          <li>{address === here ? <span aria-current="page">{t(heading)}</span> : <a href={address}>{t(heading)}</a>}</li>
        ))}
      </ul>
    </nav>
  );
}
