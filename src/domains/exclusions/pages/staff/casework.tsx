import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../../i18n/index.ts";
import { readReference, REFERENCES } from "../../../../kernel/ids.ts";
import { endOfDayOn } from "../../../../kernel/periods.ts";
import type { Result } from "../../../../kernel/result.ts";
import { toLatinDigits } from "../../../../pages/digits.ts";
import type { FieldProblem } from "../../../../pages/fields.tsx";
import { type PageContext, page, typed } from "../../../../pages/page.ts";
import { problemPage } from "../../../../pages/problem.tsx";
import { visitorOf } from "../../../../pages/session.ts";
import { isOfStaff, turnedAway } from "../../../../pages/staff.tsx";
import { readVersion } from "../../../../pages/version.ts";
import type { Act } from "../../cases/model.ts";
import type { EvidenceRefusal, OnCase, Step, StepRefusal } from "../../cases/staff-cases-rpc.ts";
import { CasePage } from "./case.tsx";
import type { StaffCasesPortal } from "./cases.tsx";
import { OpenedPage } from "./opened.tsx";

type Answer = Promise<Response>;
type Refusal = StepRefusal | EvidenceRefusal;
type Said = Exclude<Refusal["refusal"], Parameters<typeof turnedAway>[1]["refusal"]>;

/** Beside which field of a step's form a refusal stands, where it stands beside one, and with which status it is said. */
const SAID: Record<Said, { field?: "reason" | "act" | "until" | "evidence"; status: Status }> = {
  "reason-unfit": { field: "reason", status: 422 },
  "act-unfit": { field: "act", status: 422 },
  "until-missing": { field: "until", status: 422 },
  "until-unfit": { field: "until", status: 422 },
  "evidence-empty": { field: "evidence", status: 422 },
  "evidence-type": { field: "evidence", status: 422 },
  "evidence-too-large": { field: "evidence", status: 413 },
  "evidence-too-many": { field: "evidence", status: 409 },
  "evidence-missing": { status: 409 },
  "not-now": { status: 409 },
  "hearing-runs": { status: 409 },
  "proposal-waits": { status: 409 },
  "nothing-proposed": { status: 409 },
  "own-proposal": { status: 403 },
  "decided-before": { status: 403 },
  "conflict": { status: 409 },
  "command-reused": { status: 409 },
};

const placeOf = (reference: string): string => `/staff/cases/${reference}`;

/** What is done with one case. Each page is made of what origin says may be done by whoever looks. */
export function caseworkPages({ staffCases }: StaffCasesPortal) {
  /** The case of the address; a text that no reference can be is nothing. */
  const onCase = (handle: (c: PageContext, on: OnCase) => Answer) => async (c: PageContext): Promise<Response> => {
    const reference = readReference(REFERENCES.case, c.req.param("reference") ?? "");
    return reference ? handle(c, { visitor: visitorOf(c), reference }) : problemPage(c, "not-found");
  };

  async function show(c: PageContext, on: OnCase, problems: FieldProblem[] = [], status: Status = 200): Answer {
    const known = await staffCases.look(on);
    if (!known.ok) return turnedAway(c, known, placeOf(on.reference));
    return page(c, <CasePage locale={c.var.locale} look={known} typed={(name) => typed(c, name)} problems={problems} />, status);
  }

  /** The case as it is now, with what was refused beside what was asked. */
  function refused(c: PageContext, on: OnCase, refusal: Refusal, reasonField: string): Answer | Response | Promise<Response> {
    if (isOfStaff(refusal)) return turnedAway(c, refusal, placeOf(on.reference));
    const { field, status } = SAID[refusal.refusal];
    return show(c, on, [{ field: field === "reason" ? reasonField : field ?? null, message: text(c.var.locale, `casework.${refusal.refusal}`) }], status);
  }

  /** Takes a step on the version that the page showed, and shows the case. */
  const step = (reasonField: string, take: (asked: Step) => Promise<Result<object, StepRefusal>>) =>
    onCase(async (c, on) => {
      const done = await take({ ...on, version: readVersion(c.var.form), reason: typed(c, reasonField) });
      return done.ok ? c.redirect(placeOf(on.reference), 303) : refused(c, on, done, reasonField);
    });

  return {
    look: onCase((c, on) => show(c, on)),
    notify: step("notifyReason", (asked) => staffCases.notify(asked)),
    second: step("secondReason", (asked) => staffCases.second(asked)),
    sendBack: step("secondReason", (asked) => staffCases.sendBack(asked)),
    withdraw: step("withdrawReason", (asked) => staffCases.withdraw(asked)),
    stop: step("stopReason", (asked) => staffCases.stop(asked)),

    propose: onCase(async (c, on) => {
      const day = toLatinDigits(typed(c, "until").trim());
      const until = day === "" ? null : endOfDayOn(day);
      if (day !== "" && until === null) return show(c, on, [{ field: "until", message: text(c.var.locale, "casework.until-unreadable") }], 422);
      const asked = { ...on, version: readVersion(c.var.form), reason: typed(c, "proposeReason"), act: typed(c, "act") as Act, until };
      const done = await staffCases.propose(asked);
      return done.ok ? c.redirect(placeOf(on.reference), 303) : refused(c, on, done, "proposeReason");
    }),

    open: onCase(async (c, on) => {
      const known = await staffCases.open({ ...on, reason: typed(c, "openReason") });
      return known.ok ? page(c, <OpenedPage locale={c.var.locale} reference={on.reference} opened={known.opened} />) : refused(c, on, known, "openReason");
    }),

    addEvidence: onCase(async (c, on) => {
      const { file } = c.var;
      if (!file) return refused(c, on, { refusal: "evidence-empty" }, "");
      const added = await staffCases.addEvidence({ ...on, name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
      return added.ok ? c.redirect(placeOf(on.reference), 303) : refused(c, on, added, "");
    }),

    readFile: onCase(async (c, on) => {
      const known = await staffCases.readEvidence({ ...on, id: typed(c, "file"), reason: typed(c, "fileReason") });
      return known.ok ? download(c, known.file) : refused(c, on, known, "fileReason");
    }),
  };
}

/** To be kept, never shown by the browser in our name: what somebody sent in may be anything (RFC 6266, RFC 8187). */
function download(c: PageContext, { name, type, bytes }: { name: string; type: string; bytes: Uint8Array }): Response {
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return c.body(new Uint8Array(bytes), 200, { "content-type": type, "content-disposition": `attachment; filename*=UTF-8''${encoded}` });
}
