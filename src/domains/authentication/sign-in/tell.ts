import { formatInstant, text } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { AccountParts } from "../parts.ts";
import type { Visitor } from "../sessions/visitor.ts";
import type { Account } from "./store.ts";

/**
 * Tells an account's holder that somebody came in with their password in an unusual way: when, and with what kind of browser. Accounts
 * have no language; the page's is used. Never throws: whoever came in stays in.
 */
export async function tellHolder(
  { accounts, sms, report }: AccountParts, user: Account["user"], at: Instant, { visitor, locale }: { visitor: Visitor; locale: Locale },
): Promise<void> {
  const phone = accounts.profileOf(user)?.phone;
  if (!phone) return;
  const device = visitor.origin.agent ?? text(locale, "sign-in.a-browser");
  const sent = await sms.send({ to: phone, message: text(locale, "sms.signed-in", { at: formatInstant(locale, at), device }) });
  if (!sent.ok) report(sent.reason);
}
