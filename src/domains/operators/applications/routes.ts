import { createRoute, type OpenAPIHono, type z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, bodyAtMost, createRouter, KILOBYTE } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseCommit } from "../../../api/refusals.ts";
import { originOf } from "../../../api/request-origin.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { readReference, REFERENCES } from "../../../kernel/ids.ts";
import { readPhone } from "../../authentication/index.ts";
import { apply } from "./apply.ts";
import { readContact, stepOn, type StepResult } from "./decide.ts";
import type { ApplicationParts } from "./parts.ts";
import {
  ApplicationAnswer, ApplicationFilters, ApplicationLook, ApplicationPath, ApplicationRequest, ApplicationsAnswer, ContactAnswer, ReadRequest, ReceivedAnswer,
  StandingAnswer, StepRequest,
} from "./schema.ts";
import { applicationByReference, applicationsBy, BY_RECEIPT, countOfCompany, type StoredApplication } from "./store.ts";

export interface ApplicationRouteParts extends AccessParts {
  /** `afterwards` outlives the answer. */
  applications: (afterwards: (work: Promise<unknown>) => void) => ApplicationParts;
}

const path = "/v1/operator-applications";
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { "application/json": { schema } } });
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, content: { "application/json": { schema } } });

const applications = listing({ name: "operator-applications", filters: ApplicationFilters, orders: BY_RECEIPT, usual: "receivedAt" });

const applying = createRoute({
  method: "post",
  path,
  summary: "Apply to become an operator",
  description: "Takes no account, and touches none: the answer is the same whoever's the contact's phone is. Two officers decide; once it is approved the contact is invited by SMS.",
  middleware: [bodyAtMost(16 * KILOBYTE)] as const,
  request: { headers: IdempotencyHeaders, body: body(ApplicationRequest) },
  responses: { 201: json(ReceivedAnswer, "It was received"), ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, "unavailable") },
});

const standing = createRoute({
  method: "get",
  path: `${path}/{reference}/standing`,
  summary: "How an application stands, by its reference",
  request: { params: ApplicationPath },
  responses: { 200: json(StandingAnswer, "As it stands"), ...problems("field-invalid", "not-found", "unavailable") },
});

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "operator-applications:read"),
    method: "get",
    path,
    summary: "Companies that ask to become operators",
    request: { query: applications.parameters },
    responses: { 200: json(ApplicationsAnswer, "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const look = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "operator-applications:read"),
    method: "get",
    path: `${path}/{reference}`,
    summary: "One application",
    description: "Who speaks for the company stays closed.",
    request: { params: ApplicationPath },
    responses: { 200: json(ApplicationLook, "The application"), ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found") },
  });

const stepping = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "operator-applications:decide"),
    method: "post",
    path: `${path}/{reference}/steps`,
    summary: "Review an application, recommend, decide as was recommended or send it back, withdraw it for the company",
    description: "One officer recommends and another confirms. What is approved is enrolled and licensed, and its contact invited, within a minute.",
    request: { params: ApplicationPath, body: body(StepRequest) },
    responses: { 200: json(ApplicationAnswer, "As it stands now"), ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const contacting = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "identities:read"),
    method: "post",
    path: `${path}/{reference}/contact`,
    summary: "Read who speaks for a company",
    description: "Leaves an entry in the audit log before anything is opened: each call is a read of its own.",
    request: { params: ApplicationPath, body: body(ReadRequest) },
    responses: { 200: json(ContactAnswer, "The contact"), ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found") },
  });

const iso = (at: Instant): string => new Date(at).toISOString();

const answerOf = (row: StoredApplication) => {
  const { reference, state, name, tradingName, registrationNumber, website, address, licenceType, kinds, declaredCustomers, operator, version } = row;
  const { recommendation: advice, recommendedBy, recommendedReason, proposedUntil, proposedConditions, decidedAt, decidedBy, decisionReason } = row;
  return {
    reference, state, name, tradingName, registrationNumber, website, address, licenceType, kinds, declaredCustomers, receivedAt: iso(row.createdAt),
    recommendation: advice && { advice, by: recommendedBy!, reason: recommendedReason!, expiresAt: proposedUntil === null ? null : iso(proposedUntil), conditions: proposedConditions },
    decision: decidedAt === null ? null : { at: iso(decidedAt), by: decidedBy!, reason: decisionReason! },
    operator, version,
  };
};

type Refused = Extract<StepResult, { ok: false }>;

const DETAILS: Partial<Record<Refused["refusal"], string>> = {
  "over": "It was decided already.",
  "in-review-already": "It is in review.",
  "recommended-already": "Another's recommendation waits: confirm it or send it back.",
  "not-recommended": "Nothing is recommended.",
  "own-recommendation": "A recommendation takes another officer to confirm it.",
};

function refuse({ refusal }: Refused): never {
  if (refusal === "unknown") throw new ProblemError("not-found");
  if (refusal === "expiry-missing" || refusal === "expiry-unfit") throw new ProblemError("field-invalid", { errors: [{ pointer: "/expiresAt", detail: "must lie a day ahead at least, and ten years at most" }] });
  const detail = DETAILS[refusal];
  if (detail !== undefined) throw new ProblemError("conflict", { detail });
  return refuseCommit({ refusal } as Parameters<typeof refuseCommit>[0]);
}

/** Throws the problem `not-found` for what cannot be a reference. */
function referenceIn({ reference }: z.infer<typeof ApplicationPath>): string {
  const read = readReference(REFERENCES.application, reference);
  if (!read) throw new ProblemError("not-found");
  return read;
}

export function applicationRoutes({ applications: partsFor, ...access }: ApplicationRouteParts): OpenAPIHono<ApiEnv> {
  const own = (c: { executionCtx: { waitUntil: (work: Promise<unknown>) => void } }) => partsFor((work) => c.executionCtx.waitUntil(work));
  const found = async (parts: ApplicationParts, param: z.infer<typeof ApplicationPath>) => {
    const row = await available(applicationByReference(parts.office, referenceIn(param)));
    if (!row) throw new ProblemError("not-found");
    return row;
  };

  return createRouter()
    .openapi(applying, async (c) => {
      const { contact: { language: locale, ...person }, ...company } = c.req.valid("json");
      const phone = readPhone(person.phone);
      if (!phone.ok) throw new ProblemError("field-invalid", { errors: [{ pointer: "/contact/phone", detail: "must be a mobile number" }] });
      const contact = { ...person, phone: phone.number, locale };
      const parts = own(c);
      const command = { id: commandIdOf("anybody", "apply", c.req.valid("header")), fingerprint: fingerprintOf(company, locale, parts.accounts.fingerprint(contact)) };
      const done = await available(apply(parts, { ...company, contact }, originOf(c.req.raw, c.var.requestId), command));
      return done.ok ? c.json({ reference: done.answer.reference, receivedAt: iso(done.answer.receivedAt) }, 201) : refuseCommit(done);
    })
    .openapi(standing, async (c) => {
      const { reference, state, createdAt, decidedAt, decisionReason } = await found(own(c), c.req.valid("param"));
      const reason = state === "refused" ? decisionReason : null;
      return c.json({ reference, state, receivedAt: iso(createdAt), decidedAt: decidedAt === null ? null : iso(decidedAt), reason }, 200);
    })
    .openapi(list(access), async (c) => {
      const asked = applications.read(c.req.valid("query"));
      return c.json(writeList(asked, await available(applicationsBy(own(c).office, asked.filters, asked.page)), answerOf), 200);
    })
    .openapi(look(access), async (c) => {
      const parts = own(c);
      const row = await found(parts, c.req.valid("param"));
      return c.json({ ...answerOf(row), ofCompany: await available(countOfCompany(parts.office, row.registrationNumber)) }, 200);
    })
    .openapi(stepping(access), async (c) => {
      const { expiresAt, ...step } = c.req.valid("json");
      const asked = { ...step, expiresAt: expiresAt === undefined ? undefined : Date.parse(expiresAt) };
      const done = await available(stepOn(own(c), c.var.actor, referenceIn(c.req.valid("param")), asked));
      return done.ok ? c.json(answerOf(done.application), 200) : refuse(done);
    })
    .openapi(contacting(access), async (c) => {
      const contact = await available(readContact(own(c), c.var.actor, referenceIn(c.req.valid("param")), c.req.valid("json").reason));
      if (!contact) throw new ProblemError("not-found");
      const { name, email, phone, locale } = contact;
      return c.json({ name, email, phone, language: locale }, 200);
    });
}
