import { text, translator } from "../../../i18n/index.ts";
import type { Locale } from "../../../i18n/locales.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import type { PageContext } from "../../../pages/page.ts";
import type { SignInRefusal, SignInRpc, SignUpRefusal } from "../sign-in/rpc.ts";

/** What the pages of coming and going need from outside. */
export interface EntrancePortal {
  entrance: SignInRpc;
  /** A fresh UUID, so that a form is carried out once however often it is sent. */
  newId: () => string;
}

export type Answer = Response | Promise<Response>;

/** A form and what is wrong with it, on their way into a page. */
export interface Shown<Form> {
  locale: Locale;
  form: Form;
  problems: readonly FieldProblem[];
}

/** What the pages themselves find missing before they ask origin. */
export const lacks = (c: PageContext, field: string, key: `error.${"phone" | "password" | "code"}-missing`): FieldProblem[] =>
  [{ field, message: text(c.var.locale, key) }];

/** What has words of its own beside a field, or above a form. */
type Refusal = SignInRefusal | Exclude<SignUpRefusal, { field: null }>;

/** What is wrong in words, and where it stands. */
export const explain = (locale: Locale, refusal: Refusal): FieldProblem => ({ field: refusal.field, message: wording(locale, refusal) });

function wording(locale: Locale, refusal: Refusal): string {
  const t = translator(locale);
  if (refusal.refusal === "code-wrong") return t("error.code-wrong", { triesLeft: refusal.triesLeft });
  return "minutes" in refusal ? t(`error.${refusal.refusal}`, { minutes: refusal.minutes }) : t(`error.${refusal.refusal}`);
}

/** The status a page with this refusal has. */
export function statusOf({ refusal }: Refusal): 403 | 422 | 429 | 503 {
  if (refusal === "too-many-codes" || refusal === "sign-in-locked" || refusal === "too-many-tries") return 429;
  if (refusal === "sms-failed") return 503;
  return refusal === "sign-in-failed" ? 403 : 422;
}
