import { text } from "../../../../i18n/index.ts";
import type { FieldProblem } from "../../../../pages/fields.tsx";
import { type PageContext, page } from "../../../../pages/page.ts";
import type { CitizenPortal } from "../portal.ts";
import { PhoneStep } from "./proof.tsx";

/** Asks for a code, and leads on to the page on cases that was wanted. */
export function caseDoor(c: PageContext, { newId }: CitizenPortal, wanted: string, problems: FieldProblem[] = [], lead: "cases.door" | "cases.prove-file" = "cases.door") {
  const { locale } = c.var;
  const step = { locale, at: "/my/code", again: { address: `/my/${wanted}` }, carried: { formId: newId(), wanted }, phone: "", problems };
  return page(c, <PhoneStep {...step} lead={text(locale, lead)} />, problems.length > 0 || lead === "cases.prove-file" ? 403 : 200);
}
