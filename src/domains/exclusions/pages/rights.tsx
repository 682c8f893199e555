import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../i18n/index.ts";
import { forgetGrant, grantOf, provingAt } from "../../../pages/grant.ts";
import { type PageContext, page } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import type { Subject } from "../../users/rights/model.ts";
import type { RequestView, RightsRefusal, RightsRpc } from "../../users/rights-rpc.ts";
import type { Answer, CitizenPortal } from "./portal.ts";
import { RequestsPage } from "./requests.tsx";

export interface RightsPortal {
  rights: RightsRpc;
}

const STATUS: Record<RightsRefusal["refusal"], Status> = {
  "grant-invalid": 403, "proof-too-old": 403, "nothing-held": 404, "subject-unknown": 422, "statement-missing": 422, "form-reused": 409,
};

/** One's own data: asked for with the holder's grant, and shown or destroyed only with a code proven just before. */
export function rightsPages(portal: CitizenPortal & RightsPortal) {
  const { rights, newId } = portal;

  function show(c: PageContext, requests: readonly RequestView[], refusal: RightsRefusal | null = null): Answer {
    const { locale, form } = c.var;
    const problems = refusal ? [{ field: refusal.refusal === "statement-missing" ? "statement" : null, message: text(locale, `error.${refusal.refusal}`) }] : [];
    const typed = { subject: form.get("subject") ?? "", statement: form.get("statement") ?? "" };
    return page(c, <RequestsPage locale={locale} problems={problems} requests={requests} newId={newId} typed={typed} />, refusal ? STATUS[refusal.refusal] : 200);
  }

  /** Without a good grant the door is where one begins. */
  const withGrant = (handle: (c: PageContext, grant: string, formId: string) => Answer) => async (c: PageContext): Promise<Response> => {
    const grant = await grantOf(c, portal);
    return grant === null ? c.redirect("/my", 303) : handle(c, grant, c.var.form.get("formId") ?? "");
  };

  async function refused(c: PageContext, grant: string, refusal: RightsRefusal): Promise<Response> {
    if (refusal.refusal === "form-reused") return problemPage(c, "form-reused");
    const proving = refusal.refusal === "proof-too-old" ? await provingAt(c, portal, "/my/requests") : null;
    if (proving) return c.redirect(proving, 303);
    const own = await rights.requests(grant);
    if (!own.ok || refusal.refusal === "proof-too-old") forgetGrant(c);
    return own.ok ? show(c, own.requests, refusal) : c.redirect("/my", 303);
  }

  return {
    overview: withGrant(async (c, grant) => {
      const own = await rights.requests(grant);
      return own.ok ? show(c, own.requests) : refused(c, grant, own);
    }),

    export: withGrant(async (c, grant, formId) => {
      const done = await rights.export({ grant, formId });
      if (!done.ok) return refused(c, grant, done);
      return c.body(done.document, 200, { "content-type": "application/json", "content-disposition": `attachment; filename="${done.reference}.json"` });
    }),

    rectify: withGrant(async (c, grant, formId) => {
      const { form, locale } = c.var;
      const done = await rights.rectify({ grant, formId, subject: (form.get("subject") ?? "") as Subject, statement: form.get("statement") ?? "", locale });
      return done.ok ? c.redirect("/my/requests", 303) : refused(c, grant, done);
    }),

    erase: withGrant(async (c, grant, formId) => {
      const done = await rights.erase({ grant, formId });
      return done.ok ? show(c, [done.request]) : refused(c, grant, done);
    }),
  };
}
