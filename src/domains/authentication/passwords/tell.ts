import { text } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import { codeMessage } from "../message.ts";
import type { AccountParts } from "../parts.ts";

type Teller = Pick<AccountParts, "sms" | "report" | "afterwards">;

/** Sends a message when the answer is on its way; one that is not taken is reported, and what was done stays done. */
function send({ sms, report, afterwards }: Teller, to: string, message: string): void {
  afterwards(sms.send({ to, message }).then((sent) => sent.ok || report(sent.reason)));
}

/**
 * Texts a code to an account's phone; null, nobody, costs as much before the answer. One that was not taken is not
 * withdrawn: then it could be seen that there was one.
 */
export function textAfterwards(parts: Teller, to: string | null, locale: Locale, code: string): void {
  const message = codeMessage(locale, code);
  if (to !== null) send(parts, to, message);
}

/** Tells an account's holder what was done to it. Accounts have no language: the page's is used. */
export function tellHolder(parts: Teller, phone: string | null, locale: Locale, what: "sms.password-changed" | "sms.phone-changed"): void {
  if (phone !== null) send(parts, phone, text(locale, what));
}
