import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import type { FieldProblem } from "../../../../pages/fields.tsx";
import { operatorAsked, OperatorNav, operatorPage } from "../../../../pages/operator.tsx";
import { type PageContext, page, typed } from "../../../../pages/page.ts";
import { visitorOf } from "../../../../pages/session.ts";
import { isOfStaff, turnedAway } from "../../../../pages/staff.tsx";
import { OPERATORS_STEPS, type OperatorsStep } from "../../violations/model.ts";
import { LookPage } from "./look.tsx";
import { problemOf, stepMissing } from "./problems.ts";
import type { SupervisionPortal } from "./staff.tsx";
import { statementField, stepField } from "./violation.tsx";

const HOME = "/compliance";

/** Compliance before an operator's own people. */
export function ownCompliancePages({ supervision }: Pick<SupervisionPortal, "supervision">) {
  async function look(c: PageContext, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const operator = operatorAsked(c);
    const address = operatorPage(HOME, operator);
    const seen = await supervision.own({ visitor: visitorOf(c), operator, after: c.req.query("after") ?? null });
    if (!seen.ok) return turnedAway(c, seen, address);
    const query = new URLSearchParams({ operator: seen.operator.id, ...(seen.next !== null && { after: seen.next }) });
    const known = {
      look: seen, as: "own", tab: "tab.operator", address, older: seen.next && `/operator${HOME}?${query}`,
      addressOf: ({ id }: { id: string }) => operatorPage(`${HOME}/violations/${id}`, seen.operator.id),
    } as const;
    return page(
      c,
      <LookPage locale={c.var.locale} {...known} typed={(name) => typed(c, name)} problems={problems}>
        <OperatorNav locale={c.var.locale} here="compliance" operator={operator} />
      </LookPage>,
      status,
    );
  }

  return {
    look: (c: PageContext) => look(c),

    answer: async (c: PageContext) => {
      const [violationId, operator] = [c.req.param("violationId") ?? "", operatorAsked(c)];
      const step = typed(c, stepField(violationId)) as OperatorsStep;
      if (!OPERATORS_STEPS.includes(step)) return look(c, [stepMissing(c.var.locale, violationId)], 422);
      const done = await supervision.answer({ visitor: visitorOf(c), operator, violationId, step, statement: typed(c, statementField(violationId)), version: Number(typed(c, "version")) });
      if (done.ok) return c.redirect(operatorPage(HOME, operator), 303);
      if (isOfStaff(done)) return turnedAway(c, done, operatorPage(HOME, operator));
      const { problem, status } = problemOf(c.var.locale, violationId, done.refusal);
      return look(c, [problem], status);
    },
  };
}
