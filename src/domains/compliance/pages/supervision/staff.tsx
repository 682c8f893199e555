import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../../i18n/index.ts";
import type { FieldProblem } from "../../../../pages/fields.tsx";
import { type PageContext, page, typed } from "../../../../pages/page.ts";
import { visitorOf } from "../../../../pages/session.ts";
import { isOfStaff, StaffNav, turnedAway } from "../../../../pages/staff.tsx";
import type { SupervisionRpc } from "../../supervision/rpc.ts";
import { OFFICERS_STEPS, type OfficersStep } from "../../violations/model.ts";
import { LookPage } from "./look.tsx";
import { HOME, OverviewPage } from "./overview.tsx";
import { problemOf, stepMissing } from "./problems.ts";
import { statementField, stepField } from "./violation.tsx";

/** What the pages on compliance need from outside. */
export interface SupervisionPortal {
  supervision: SupervisionRpc;
  newId: () => string;
}

const addressOf = ({ id }: { id: string }): string => `${HOME}/violations/${id}`;
const olderAt = (address: string, next: string | null): string | null => next && `${address}?${new URLSearchParams({ after: next })}`;

/** Compliance before the regulator's people. Whoever may nothing here is told that there is nothing. */
export function supervisionPages({ supervision, newId }: SupervisionPortal) {
  async function overview(c: PageContext, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const seen = await supervision.overview({ visitor: visitorOf(c), after: c.req.query("after") ?? null });
    if (!seen.ok) return turnedAway(c, seen, HOME);
    const known = { overview: seen, formId: typed(c, "formId") || newId(), addressOf, older: olderAt(HOME, seen.next) };
    return page(c, <OverviewPage locale={c.var.locale} {...known} typed={(name) => typed(c, name)} problems={problems} />, status);
  }

  async function look(c: PageContext, operator: string, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const address = `${HOME}/${operator}`;
    const seen = await supervision.look({ visitor: visitorOf(c), operator, after: c.req.query("after") ?? null });
    if (!seen.ok) return turnedAway(c, seen, address);
    const known = { look: seen, as: "staff", tab: "tab.desk", address, addressOf, older: olderAt(address, seen.next) } as const;
    return page(
      c,
      <LookPage locale={c.var.locale} {...known} typed={(name) => typed(c, name)} problems={problems}><StaffNav locale={c.var.locale} here={null} /></LookPage>,
      status,
    );
  }

  return {
    overview: (c: PageContext) => overview(c),
    look: (c: PageContext) => look(c, c.req.param("operator") ?? ""),

    open: async (c: PageContext) => {
      const [operator, grounds] = [typed(c, "operator"), typed(c, "grounds")];
      const done = await supervision.open({ visitor: visitorOf(c), formId: typed(c, "formId"), operator, grounds });
      if (done.ok) return c.redirect(`${HOME}/${operator}`, 303);
      if (isOfStaff(done)) return turnedAway(c, done, HOME);
      const [field, key] = done.refusal === "operator-unknown" ? (["operator", "compliance.operator-unknown"] as const) : (["grounds", "violation.statement-unfit"] as const);
      return overview(c, [{ field, message: text(c.var.locale, key) }], 422);
    },

    step: async (c: PageContext) => {
      const [violationId, operator] = [c.req.param("violationId") ?? "", typed(c, "operator")];
      const step = typed(c, stepField(violationId)) as OfficersStep;
      if (!OFFICERS_STEPS.includes(step)) return look(c, operator, [stepMissing(c.var.locale, violationId)], 422);
      const done = await supervision.step({ visitor: visitorOf(c), violationId, step, statement: typed(c, statementField(violationId)), version: Number(typed(c, "version")) });
      if (done.ok) return c.redirect(`${HOME}/${operator}`, 303);
      if (isOfStaff(done)) return turnedAway(c, done, `${HOME}/${operator}`);
      const { problem, status } = problemOf(c.var.locale, violationId, done.refusal);
      return look(c, operator, [problem], status);
    },
  };
}
