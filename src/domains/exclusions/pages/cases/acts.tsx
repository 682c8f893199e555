import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../../i18n/index.ts";
import { isUuid, readReference, REFERENCES } from "../../../../kernel/ids.ts";
import { forgetGrant, grantOf } from "../../../../pages/grant.ts";
import { type PageContext, page, typed } from "../../../../pages/page.ts";
import { problemPage } from "../../../../pages/problem.tsx";
import type { CaseRefusal, CaseView } from "../../cases/cases-rpc.ts";
import { ACTS, type ActName, fieldOf } from "./act-forms.tsx";
import { caseDoor } from "./door.tsx";
import { CasesPage } from "./list.tsx";
import { CasePage, DONE } from "./one.tsx";
import type { CasesPortal } from "./portal.ts";
import { withProof } from "./proof.tsx";
import { explainCase, statusOfCase } from "./wording.ts";

type Acted = { ok: true } | ({ ok: false } & CaseRefusal);

/** One's own cases: what stands in them, and each thing that can be done at an address of its own. */
export function casePages(portal: CasesPortal) {
  const { cases, newId } = portal;
  const prove = withProof(portal);

  /** The cases of whoever holds the grant; without a good one, the door. */
  async function visit(c: PageContext, wanted: string, show: (cases: CaseView[]) => Response | Promise<Response>): Promise<Response> {
    const grant = await grantOf(c, portal);
    if (grant === null) return caseDoor(c, portal, wanted);
    const own = await cases.mine(grant);
    if (own.ok) return show(own.cases);
    forgetGrant(c);
    return caseDoor(c, portal, wanted, [explainCase(c.var.locale, own)]);
  }

  /** With a reference that can be one. */
  const of = (handle: (c: PageContext, reference: string) => Promise<Response>) => async (c: PageContext): Promise<Response> => {
    const reference = readReference(REFERENCES.case, c.req.param("reference") ?? "");
    return reference === null ? problemPage(c, "not-found") : handle(c, reference);
  };

  const show = (c: PageContext, reference: string, refusal: CaseRefusal | null = null, act: ActName | null = null) =>
    visit(c, `cases/${reference}`, async (own) => {
      const one = own.find((found) => found.reference === reference);
      if (!one) return problemPage(c, "not-found");
      const problem = refusal && explainCase(c.var.locale, refusal);
      const problems = problem ? [problem.field === "statement" && act ? { ...problem, field: fieldOf(act) } : problem] : [];
      const done = DONE.find((what) => what === c.req.query("done")) ?? null;
      const said = act && { act, statement: typed(c, "statement") };
      const operators = one.operator === null ? {} : await cases.operators();
      const status: Status = refusal ? statusOfCase(refusal) : 200;
      return page(c, <CasePage locale={c.var.locale} one={one} problems={problems} done={done} newId={newId} said={said} operators={operators} />, status);
    });

  /** What was done, or why it was not; null where it takes a fresh code. */
  async function outcome(c: PageContext, reference: string, did: Acted, act: ActName | null, done: (typeof DONE)[number] = "done"): Promise<Response | null> {
    if (did.ok) return c.redirect(`/my/cases/${reference}?done=${done}`, 303);
    if (did.refusal === "grant-invalid" || did.refusal === "proof-too-old") return null;
    return did.refusal === "form-reused" ? problemPage(c, "form-reused") : show(c, reference, did, act);
  }

  const act = (name: ActName | "withdraw") =>
    of((c, reference) => {
      const { locale } = c.var;
      const asked = { formId: typed(c, "formId"), reference };
      return prove(c, {
        at: `/my/cases/${reference}/${name}`,
        submit: text(locale, `cases.${name}`),
        act: async (grant) =>
          name === "withdraw"
            ? outcome(c, reference, await cases.withdraw({ ...asked, grant }), null)
            : outcome(c, reference, await cases[name]({ ...asked, grant, statement: typed(c, "statement"), locale }), name),
      });
    });

  return {
    list: (c: PageContext) => visit(c, "cases", (own) => page(c, <CasesPage locale={c.var.locale} cases={own} />)),
    one: of((c, reference) => show(c, reference)),
    ...(Object.fromEntries(ACTS.map((name) => [name, act(name)])) as Record<ActName, ReturnType<typeof act>>),
    withdraw: act("withdraw"),

    /** A file cannot wait in a page: after a fresh code it is chosen once more. */
    evidence: of(async (c, reference) => {
      const { file } = c.var;
      const formId = typed(c, "formId");
      if (!isUuid(formId)) return problemPage(c, "start-again");
      const grant = await grantOf(c, portal);
      const bytes = new Uint8Array(file ? await file.arrayBuffer() : []);
      const did = grant === null ? null : await cases.addEvidence({ grant, formId, reference, name: file?.name ?? "", bytes });
      return (did && (await outcome(c, reference, did, null, "file-added"))) ?? caseDoor(c, portal, `cases/${reference}`, [], "cases.prove-file");
    }),
  };
}
