import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../../i18n/index.ts";
import type { Clock } from "../../../../kernel/clock.ts";
import { readReference, REFERENCES } from "../../../../kernel/ids.ts";
import type { FieldProblem } from "../../../../pages/fields.tsx";
import { onlySwitches, type PageContext, page, typed } from "../../../../pages/page.ts";
import { visitorOf } from "../../../../pages/session.ts";
import { isOfStaff, turnedAway } from "../../../../pages/staff.tsx";
import { CASE_KINDS, CASE_STATES } from "../../cases/model.ts";
import type { CaseFilter, StaffCasesRpc } from "../../cases/staff-cases-rpc.ts";
import { FilingPage, readFiling, requestOf } from "./filing.tsx";
import { type QueueChoice, QueuePage } from "./queue.tsx";

/** What the officers' pages on cases need from outside. */
export interface StaffCasesPortal {
  staffCases: StaffCasesRpc;
  clock: Clock;
  newId: () => string;
}

const HOME = "/staff/cases";
const FILING = `${HOME}/new`;
const ANY: QueueChoice = { which: "", kind: "", state: "" };

const choiceOf = (c: PageContext): QueueChoice => {
  const { which = "", kind = "", state = "" } = c.req.query();
  return { which, kind, state };
};

/** What is none of ours narrows nothing. */
const filterOf = ({ which, kind, state }: QueueChoice): CaseFilter => ({
  kind: CASE_KINDS.find((one) => one === kind),
  state: CASE_STATES.find((one) => one === state),
  proposal: which === "mine" || which === "others" ? which : undefined,
  overdue: which === "overdue" ? true : undefined,
});

/** The queue of cases, and how an officer files one. */
export function queuePages({ staffCases, clock, newId }: StaffCasesPortal) {
  async function showQueue(c: PageContext, choice: QueueChoice, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const listed = await staffCases.list({ visitor: visitorOf(c), filter: filterOf(choice), after: c.req.query("after") ?? null });
    if (!listed.ok) return turnedAway(c, listed, HOME);
    const { cases, next } = listed;
    return page(c, <QueuePage locale={c.var.locale} cases={cases} next={next} choice={choice} now={clock()} reference={typed(c, "reference")} problems={problems} />, status);
  }

  /** Whoever may not even list has nothing to file. */
  async function showFiling(c: PageContext, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const entered = await staffCases.list({ visitor: visitorOf(c), filter: {}, after: null });
    if (!entered.ok) return turnedAway(c, entered, FILING);
    const form = readFiling(c.var.form);
    return page(c, <FilingPage locale={c.var.locale} form={{ ...form, formId: form.formId || newId() }} problems={problems} />, status);
  }

  return {
    list: (c: PageContext) => showQueue(c, choiceOf(c)),

    find: async (c: PageContext): Promise<Response> => {
      const reference = readReference(REFERENCES.case, typed(c, "reference"));
      if (reference) return c.redirect(`${HOME}/${reference}`, 303);
      return showQueue(c, ANY, [{ field: "reference", message: text(c.var.locale, "casework.reference-unreadable") }], 422);
    },

    form: (c: PageContext) => showFiling(c),

    file: async (c: PageContext): Promise<Response> => {
      if (onlySwitches(c)) return showFiling(c);
      const form = readFiling(c.var.form);
      const filed = await staffCases.file({ visitor: visitorOf(c), formId: form.formId, request: requestOf(form) });
      if (filed.ok) return c.redirect(`${HOME}/${filed.reference}`, 303);
      if (isOfStaff(filed)) return turnedAway(c, filed, FILING);
      const message = text(c.var.locale, `casework.${filed.refusal}`);
      return "field" in filed ? showFiling(c, [{ field: filed.field, message }], 422) : showFiling(c, [{ field: null, message }], 409);
    },
  };
}
