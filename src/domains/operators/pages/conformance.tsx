import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../i18n/index.ts";
import { isUuid } from "../../../kernel/ids.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { operatorAsked, operatorPage } from "../../../pages/operator.tsx";
import { type PageContext, page, typed } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import { visitorOf } from "../../../pages/session.ts";
import { isOfStaff, turnedAway } from "../../../pages/staff.tsx";
import type { StaffRefusal } from "../../users/people/rpc.ts";
import type { ConformanceDeskRpc, RunRefusal } from "../conformance/rpc.ts";
import { RunPage } from "./conformance-run.tsx";
import { RunsPage } from "./conformance-runs.tsx";

/** What the pages of the conformance kit need from outside. */
export interface ConformancePortal {
  conformance: ConformanceDeskRpc;
  newId: () => string;
}

/** Beside which field a refusal stands, and with which status. */
const SAID: Record<Exclude<RunRefusal["refusal"], StaffRefusal["refusal"]>, readonly [field: string | null, status: Status]> = {
  "address-unfit": ["address", 422], "secret-unfit": ["secret", 422], "under-way": [null, 409], "command-reused": [null, 409],
};

/** Recorded runs of the conformance kit, for an operator's people. */
export function conformancePages({ conformance, newId }: ConformancePortal) {
  const asking = (c: PageContext) => ({ visitor: visitorOf(c), operator: operatorAsked(c) });
  const runIdOf = (c: PageContext): string => c.req.param("runId") ?? "";
  const addressOf = (c: PageContext, runId?: string): string => operatorPage(runId === undefined ? "/conformance" : `/conformance/${runId}`, operatorAsked(c));

  async function list(c: PageContext, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const listed = await conformance.runs(asking(c));
    if (!listed.ok) return turnedAway(c, listed, addressOf(c));
    const form = { formId: newId(), typed: (name: string) => typed(c, name), problems };
    return page(c, <RunsPage locale={c.var.locale} asked={operatorAsked(c)} runs={listed.runs} may={listed.may} {...form} />, status);
  }

  return {
    list: (c: PageContext) => list(c),

    begin: async (c: PageContext) => {
      const [formId, address, secret] = ["formId", "address", "secret"].map((name) => typed(c, name)) as [string, string, string];
      const begun = await conformance.begin({ ...asking(c), formId, address, secret });
      if (begun.ok) return c.redirect(addressOf(c, begun.runId), 303);
      if (isOfStaff(begun)) return turnedAway(c, begun, addressOf(c));
      const [field, status] = SAID[begun.refusal];
      return list(c, [{ field, message: text(c.var.locale, `conformance.${begun.refusal}`) }], status);
    },

    one: async (c: PageContext) => {
      const runId = runIdOf(c);
      if (!isUuid(runId)) return problemPage(c, "not-found");
      const found = await conformance.run({ ...asking(c), runId });
      if (!found.ok) return turnedAway(c, found, addressOf(c, runId));
      const { run, results, certificate } = found;
      return page(c, <RunPage locale={c.var.locale} asked={operatorAsked(c)} run={run} results={results} isCertified={certificate !== null} />);
    },

    certificate: async (c: PageContext) => {
      const runId = runIdOf(c);
      const found = isUuid(runId) ? await conformance.run({ ...asking(c), runId }) : null;
      if (found && !found.ok) return turnedAway(c, found, addressOf(c, runId));
      if (!found?.certificate) return problemPage(c, "not-found");
      c.header("content-disposition", `attachment; filename="nser-conformance-${runId}.txt"`);
      return c.text(found.certificate);
    },
  };
}
