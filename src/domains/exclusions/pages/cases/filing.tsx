import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { translator } from "../../../../i18n/index.ts";
import type { Instant } from "../../../../kernel/clock.ts";
import { nairobiDay } from "../../../../kernel/periods.ts";
import type { FieldProblem } from "../../../../pages/fields.tsx";
import { forgetGrant, grantOf } from "../../../../pages/grant.ts";
import { type PageContext, page, typed } from "../../../../pages/page.ts";
import { problemPage } from "../../../../pages/problem.tsx";
import type { FieldRefusal } from "../../cases/cases-rpc.ts";
import type { CitizenKind } from "../../cases/model.ts";
import type { Receipt } from "../../model.ts";
import { isInForce } from "../../rules.ts";
import { caseDoor } from "./door.tsx";
import { type Fields, isAboutOwn, isCitizenKind, readRequest } from "./form.ts";
import { AnothersPage, ChoicePage, FilingPage, UnfitPage } from "./new.tsx";
import type { CasesPortal } from "./portal.ts";
import { withProof } from "./proof.tsx";
import { explainCase, statusOfCase } from "./wording.ts";

/** What a link can fill in. */
const LINKED = ["operator", "happenedOn", "checks"] as const;

/** Asking for something: a choice, then one form of one kind, then the code where none is fresh. */
export function filingPages(portal: CasesPortal) {
  const { cases, citizens, clock, newId } = portal;
  const prove = withProof(portal);

  /** `operators`: only where one is chosen. */
  const show = async (c: PageContext, kind: CitizenKind, fields: Fields, problems: FieldProblem[] = [], status: Status = 200) => {
    const operators = kind === "complaint" ? await cases.operators() : {};
    return page(c, <FilingPage locale={c.var.locale} kind={kind} fields={fields} problems={problems} operators={operators} />, status);
  };

  const kindOf = (handle: (c: PageContext, kind: CitizenKind) => Response | Promise<Response>) => (c: PageContext) => {
    const kind = c.req.param("kind");
    return isCitizenKind(kind) ? handle(c, kind) : problemPage(c, "not-found");
  };

  /** With one's own exclusion in it: whatever is about that begins with a look at one's own page. */
  async function showOwn(c: PageContext, kind: CitizenKind, fields: Fields): Promise<Response> {
    const grant = await grantOf(c, portal);
    const own = grant === null ? null : await citizens.exclusions(grant);
    if (!own?.ok) {
      if (own) forgetGrant(c);
      return caseDoor(c, portal, `cases/new/${kind}`);
    }
    const receipt = own.receipts.find(({ origin, state }) => origin === "self" && isInForce(state));
    const unfit = unfitFor(kind, receipt, clock());
    if (unfit) return page(c, <UnfitPage locale={c.var.locale} kind={kind} problem={explainCase(c.var.locale, unfit)} />);
    fields.set("exclusion", receipt!.reference);
    // What it has now, to be moved.
    if (receipt!.endsAt !== null) fields.set("until", nairobiDay(receipt!.endsAt).date);
    return show(c, kind, fields);
  }

  return {
    choice: (c: PageContext) => page(c, <ChoicePage locale={c.var.locale} />),

    form: kindOf((c, kind) => {
      if (kind === "not-me" && c.req.query("mine") === undefined) return page(c, <AnothersPage locale={c.var.locale} />);
      const fields = new URLSearchParams({ formId: newId(), showChecks: "yes" });
      for (const name of LINKED) fields.set(name, c.req.query(name) ?? "");
      return isAboutOwn(kind) ? showOwn(c, kind, fields) : show(c, kind, fields);
    }),

    file: kindOf((c, kind) => {
      const { form, locale } = c.var;
      return prove(c, {
        at: `/my/cases/new/${kind}`,
        submit: translator(locale)("cases.send"),
        showForm: (wrong, status) => show(c, kind, form, wrong, status),
        act: async (grant) => {
          const request = readRequest(kind, form);
          const done = await cases.file({ grant, formId: typed(c, "formId"), phone: typed(c, "phone"), locale, request });
          if (done.ok) return c.redirect(`/my/cases/${done.case.reference}?done=filed`, 303);
          if (done.refusal === "grant-invalid" || done.refusal === "proof-too-old") return null;
          if (done.refusal === "form-reused") return problemPage(c, "form-reused");
          if (done.refusal === "already-open") return c.redirect(`/my/cases/${done.reference}?done=joined`, 303);
          return show(c, kind, form, [explainCase(locale, done)], statusOfCase(done));
        },
      });
    }),
  };
}

/** Why a kind cannot be asked for now, whatever somebody writes; null when it can. */
function unfitFor(kind: CitizenKind, own: Receipt | undefined, now: Instant): FieldRefusal | null {
  if (!own) return { refusal: "exclusion-unknown", field: "exclusion" };
  if (kind === "longer" && own.endsAt === null) return { refusal: "not-longer", field: "until" };
  if (kind !== "review") return null;
  if (own.endsAt !== null || own.reviewAt === null) return { refusal: "not-permanent", field: "exclusion" };
  return own.reviewAt > now ? { refusal: "too-early", field: "exclusion", from: own.reviewAt } : null;
}
