import { formatDate, formatInstant, type Translate, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { KeySeen } from "../desk/model.ts";

/** A key's public id, which may break anywhere: it is longer than a small screen is wide. */
export const PublicId = ({ of: { publicId } }: { of: KeySeen }) => <code dir="ltr">{publicId}</code>;

/** Whether a key holds, and until when. */
export function KeyState({ locale, of: { state, revokedAt, expiresAt }, now }: { locale: Locale; of: KeySeen; now: number }) {
  const t = translator(locale);
  if (state === "revoked") return <span class="tag over">{t("keys.revoked", { date: formatInstant(locale, revokedAt!) })}</span>;
  if (expiresAt === null) return <span class="tag">{t("keys.in-force")}</span>;
  const date = formatInstant(locale, expiresAt);
  return expiresAt <= now ? <span class="tag over">{t("keys.expired", { date })}</span> : <span class="tag">{t("keys.expires", { date })}</span>;
}

/** When a key was last used, as far as it is known. */
export const usedWords = (locale: Locale, { lastUsed }: KeySeen): string =>
  lastUsed === null ? translator(locale)("keys.unused") : translator(locale)("keys.used", { date: formatDate(locale, lastUsed) });

/** For how long what is replaced holds beside what takes its place. */
export function overlapWords(t: Translate, hours: number): string {
  if (hours === 0) return t("keys.overlap-none");
  return hours < 24 ? t("keys.hours", { hours }) : t("keys.days", { days: hours / 24 });
}
