import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../i18n/index.ts";
import { isUuid, readReference, REFERENCES } from "../../../kernel/ids.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { grantOf } from "../../../pages/grant.ts";
import { type PageContext, page } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import type { CitizenRefusal } from "../citizen-rpc.ts";
import type { EndingApi } from "../ending-rpc.ts";
import { door, shut } from "./door.tsx";
import { EndingPage } from "./ending.tsx";
import type { Answer, CitizenPortal } from "./portal.ts";
import { explain, statusOf } from "./wording.ts";

/** Ending one's exclusion in two acts, and keeping it in one: everything at the address of its reference. */
export function endingPages(portal: CitizenPortal) {
  const { citizens, clock, newId } = portal;

  /** With a reference that can be one, and a grant; without that, the door, and back from there. */
  const visit = (handle: (c: PageContext, reference: string, grant: string) => Answer) => async (c: PageContext): Promise<Response> => {
    const reference = readReference(REFERENCES.exclusion, c.req.param("reference") ?? "");
    if (reference === null) return problemPage(c, "not-found");
    const grant = await grantOf(c, portal);
    return grant === null ? door(c, portal, `end/${reference}`) : handle(c, reference, grant);
  };

  async function show(c: PageContext, reference: string, grant: string, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const own = await citizens.receipt({ grant, reference });
    if (!own.ok) return own.refusal === "reference-unknown" ? problemPage(c, "not-found") : shut(c, portal, `end/${reference}`, own);
    return page(c, <EndingPage locale={c.var.locale} problems={problems} {...own} now={clock()} newId={newId} />, status);
  }

  function refused(c: PageContext, reference: string, grant: string, refusal: CitizenRefusal): Answer {
    if (refusal.refusal === "form-reused") return problemPage(c, "form-reused");
    if (refusal.refusal === "grant-invalid" || refusal.refusal === "code-too-old") return shut(c, portal, `end/${reference}`, refusal);
    return show(c, reference, grant, [explain(c.var.locale, refusal)], statusOf(refusal));
  }

  const act = (verb: keyof EndingApi) =>
    visit(async (c, reference, grant) => {
      const formId = c.var.form.get("formId") ?? "";
      if (!isUuid(formId)) return problemPage(c, "start-again");
      if (verb === "confirmEnding" && c.var.form.get("tick") !== "yes") {
        return show(c, reference, grant, [{ field: "tick", message: text(c.var.locale, "error.tick-missing") }], 400);
      }
      const done = await citizens[verb]({ grant, formId, reference });
      // What nobody asked to end is kept already.
      const isKept = verb === "keep" && !done.ok && done.refusal === "nothing-asked";
      if (!done.ok && !isKept) return refused(c, reference, grant, done);
      return c.redirect(verb === "askToEnd" ? `/my/end/${reference}` : `/my/receipts/${reference}`, 303);
    });

  return { overview: visit(show), ask: act("askToEnd"), confirm: act("confirmEnding"), keep: act("keep") };
}
