import { translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";

/** The first of two taps; wherever nothing longer is known to be in force. */
export function StopLink({ locale }: { locale: Locale }) {
  const t = translator(locale);
  return (
    <section class="screen">
      <a class="button now" href="/my/stop" aria-describedby="stop-hint">{t("stop.now")}</a>
      <p class="hint" id="stop-hint">{t("stop.hint")}</p>
    </section>
  );
}
