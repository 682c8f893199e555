import { forgetGrant, provingAt } from "../../../pages/grant.ts";
import { type PageContext, page } from "../../../pages/page.ts";
import type { CitizenRefusal } from "../citizen-rpc.ts";
import { PhonePage } from "./mine.tsx";
import { type CitizenPortal, leadingTo, shown } from "./portal.ts";
import { explain } from "./wording.ts";

/** Where a fresh code may lead, below one's own page. */
const OWN_PAGES = /^(data|inbox|access|held|activity|details|contact|(receipts|end)\/NSER-[0-9A-Z]{10}|receipts\/NSER-[0-9A-Z]{10}\/proof|cases(\/new\/[a-z-]+|\/CASE-[0-9A-Z]{10})?)$/;

/** The own page a form wanted; the overview for any other. */
export const ownPage = (wanted: string): string => (OWN_PAGES.test(wanted) ? `/my/${wanted}` : "/my");

/** Asks for the phone, and leads on to what was wanted. */
export const door = (c: PageContext, portal: CitizenPortal, wanted: string) => page(c, <PhonePage {...shown(c, leadingTo(portal, wanted), [])} />);

/** The door again, for a grant that is over, or too old for what was wanted: who is signed in shows it otherwise. */
export async function shut(c: PageContext, portal: CitizenPortal, wanted: string, refusal: CitizenRefusal): Promise<Response> {
  const proving = refusal.refusal === "code-too-old" ? await provingAt(c, portal, ownPage(wanted)) : null;
  if (proving) return c.redirect(proving, 303);
  if (refusal.refusal === "grant-invalid") forgetGrant(c);
  return page(c, <PhonePage {...shown(c, leadingTo(portal, wanted), [explain(c.var.locale, refusal)])} />, 403);
}
