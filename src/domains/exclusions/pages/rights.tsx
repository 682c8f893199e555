import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../i18n/index.ts";
import { forgetGrant, grantOf, provingAt } from "../../../pages/grant.ts";
import { type PageContext, page } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import { REQUEST_KINDS, type RequestKind, type Subject } from "../../users/rights/model.ts";
import type { RequestView, RightsRefusal, RightsRpc } from "../../users/rights-rpc.ts";
import type { Answer, CitizenPortal } from "./portal.ts";
import { fieldOf, RequestsPage } from "./requests.tsx";

export interface RightsPortal {
  rights: RightsRpc;
}

const STATUS: Record<RightsRefusal["refusal"], Status> = {
  "grant-invalid": 403, "proof-too-old": 403, "nothing-held": 404, "subject-unknown": 422, "statement-missing": 422, "form-reused": 409,
};

const FIELD: Partial<Record<RightsRefusal["refusal"], "subject" | "statement">> = { "subject-unknown": "subject", "statement-missing": "statement" };

/** The kind a form was posted for; null when there is none like it. */
const kindOf = (c: PageContext): RequestKind | null => REQUEST_KINDS.find((kind) => kind === c.req.param("kind")) ?? null;

/** One's own data: asked for with the holder's grant, and shown or destroyed only with a code proven just before. */
export function rightsPages(portal: CitizenPortal & RightsPortal) {
  const { rights, newId } = portal;

  function show(c: PageContext, requests: readonly RequestView[], refusal: RightsRefusal | null = null): Answer {
    const { locale, form } = c.var;
    const kind = kindOf(c);
    const field = refusal && kind && FIELD[refusal.refusal];
    const problems = refusal ? [{ field: field ? fieldOf(kind, field) : null, message: text(locale, `error.${refusal.refusal}`) }] : [];
    const typed = refusal && kind && { kind, subject: form.get("subject") ?? "", statement: form.get("statement") ?? "" };
    return page(c, <RequestsPage locale={locale} problems={problems} requests={requests} newId={newId} typed={typed} />, refusal ? STATUS[refusal.refusal] : 200);
  }

  /** Without a good grant the door is where one begins. */
  const withGrant = (handle: (c: PageContext, grant: string) => Answer) => async (c: PageContext): Promise<Response> => {
    const grant = await grantOf(c, portal);
    return grant === null ? c.redirect("/my", 303) : handle(c, grant);
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

    ask: withGrant(async (c, grant) => {
      const { form, locale } = c.var;
      const kind = kindOf(c);
      if (kind === null) return problemPage(c, "not-found");
      const [formId, subject, statement] = ["formId", "subject", "statement"].map((name) => form.get(name) ?? "") as [string, string, string];
      const done = await rights.ask({ grant, formId, kind, subject: (subject || null) as Subject | null, statement, locale });
      if (!done.ok) return refused(c, grant, done);
      const { document, request } = done;
      if (document !== null) return c.body(document, 200, { "content-type": "application/json", "content-disposition": `attachment; filename="${request.reference}.json"` });
      // Once everything is erased, nothing but this answer says so.
      return request.completeAt === null ? c.redirect("/my/requests", 303) : show(c, [request]);
    }),
  };
}
