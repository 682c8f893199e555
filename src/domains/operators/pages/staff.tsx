import type { ContentfulStatusCode as Status } from "hono/utils/http-status";
import { text } from "../../../i18n/index.ts";
import { readReference, REFERENCES } from "../../../kernel/ids.ts";
import { endOfDayOn } from "../../../kernel/periods.ts";
import { toLatinDigits } from "../../../pages/digits.ts";
import type { FieldProblem } from "../../../pages/fields.tsx";
import { type PageContext, page, typed } from "../../../pages/page.ts";
import { problemPage } from "../../../pages/problem.tsx";
import { visitorOf } from "../../../pages/session.ts";
import { isOfStaff, turnedAway } from "../../../pages/staff.tsx";
import { readVersion } from "../../../pages/version.ts";
import type { ApplicationStep } from "../applications/model.ts";
import type { LicenceAct } from "../licensing/model.ts";
import type { OperatorStepRefusal, StaffOperatorsRpc } from "../regulator/rpc.ts";
import { ApplicationPage, ContactPage } from "./application.tsx";
import { LicencePage } from "./licence.tsx";
import { WaitingPage } from "./waiting.tsx";

/** What the regulator's pages on operators need from outside. */
export interface StaffOperatorsPortal {
  staffOperators: StaffOperatorsRpc;
}

const HOME = "/staff/operators";

type Said = Exclude<OperatorStepRefusal["refusal"], Parameters<typeof turnedAway>[1]["refusal"]>;

/** Beside which field a refusal stands, where it stands beside one, and with which status it is said. */
const SAID: Record<Said, { field: string | null; status: Status }> = {
  "reason-unfit": { field: "reason", status: 422 }, "expiry-unfit": { field: "until", status: 422 }, "conditions-unfit": { field: "conditions", status: 422 },
  "not-now": { field: null, status: 409 }, "another": { field: null, status: 403 }, "conflict": { field: null, status: 409 },
};

/** What was typed into the form that does this; a day that cannot be read is no end that fits. */
const typedIn = (c: PageContext, of: string) => {
  const day = toLatinDigits(typed(c, `until-${of}`).trim());
  return {
    visitor: visitorOf(c), version: readVersion(c.var.form), reason: typed(c, `reason-${of}`),
    expiresAt: day === "" ? null : (endOfDayOn(day) ?? 0),
    conditions: typed(c, `conditions-${of}`).split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== ""),
  };
};

/** Applications and licences before the regulator's people. Whoever may nothing here is told that there is nothing. */
export function staffOperatorPages({ staffOperators }: StaffOperatorsPortal) {
  const messageOf = (c: PageContext, refusal: Said): string => text(c.var.locale, refusal === "reason-unfit" ? "casework.reason-unfit" : `operators.${refusal}`);
  const problemOf = (c: PageContext, of: string, refusal: Said): FieldProblem[] => {
    const { field } = SAID[refusal];
    return [{ field: field && `${field}-${of}`, message: messageOf(c, refusal) }];
  };

  async function showApplication(c: PageContext, reference: string, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const look = await staffOperators.look({ visitor: visitorOf(c), reference });
    if (!look.ok) return turnedAway(c, look, `${HOME}/applications/${reference}`);
    return page(c, <ApplicationPage locale={c.var.locale} look={look} typed={(name) => typed(c, name)} problems={problems} />, status);
  }

  async function showLicence(c: PageContext, operator: string, problems: FieldProblem[] = [], status: Status = 200): Promise<Response> {
    const look = await staffOperators.licence({ visitor: visitorOf(c), operator });
    if (!look.ok) return turnedAway(c, look, `${HOME}/licences/${operator}`);
    return page(c, <LicencePage locale={c.var.locale} look={look} typed={(name) => typed(c, name)} problems={problems} />, status);
  }

  /** The application of the address; a text that no reference can be is nothing. */
  const onApplication = (handle: (c: PageContext, reference: string) => Promise<Response>) => async (c: PageContext): Promise<Response> => {
    const reference = readReference(REFERENCES.application, c.req.param("reference") ?? "");
    return reference ? handle(c, reference) : problemPage(c, "not-found");
  };
  const operatorIn = (c: PageContext): string => c.req.param("operator") ?? "";

  return {
    home: async (c: PageContext): Promise<Response> => {
      const found = await staffOperators.waiting(visitorOf(c));
      return found.ok ? page(c, <WaitingPage locale={c.var.locale} {...found} />) : turnedAway(c, found, HOME);
    },

    application: onApplication((c, reference) => showApplication(c, reference)),

    step: onApplication(async (c, reference) => {
      const step = typed(c, "step");
      const done = await staffOperators.step({ ...typedIn(c, step), reference, step: step as ApplicationStep });
      const place = `${HOME}/applications/${reference}`;
      if (done.ok) return c.redirect(place, 303);
      return isOfStaff(done) ? turnedAway(c, done, place) : showApplication(c, reference, problemOf(c, step, done.refusal), SAID[done.refusal].status);
    }),

    contact: onApplication(async (c, reference) => {
      const known = await staffOperators.contact({ visitor: visitorOf(c), reference, reason: typed(c, "reason-contact") });
      if (known.ok) return page(c, <ContactPage locale={c.var.locale} reference={reference} contact={known.contact} />);
      if (isOfStaff(known)) return turnedAway(c, known, `${HOME}/applications/${reference}`);
      return showApplication(c, reference, problemOf(c, "contact", known.refusal), 422);
    }),

    licence: (c: PageContext) => showLicence(c, operatorIn(c)),

    act: async (c: PageContext): Promise<Response> => {
      const operator = operatorIn(c);
      const act = typed(c, "act");
      const done = await staffOperators.act({ ...typedIn(c, act), operator, act: act as LicenceAct });
      const place = `${HOME}/licences/${operator}`;
      if (done.ok) return c.redirect(place, 303);
      return isOfStaff(done) ? turnedAway(c, done, place) : showLicence(c, operator, problemOf(c, act, done.refusal), SAID[done.refusal].status);
    },
  };
}
