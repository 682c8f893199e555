import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, createRouter, KILOBYTE } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, pageAnswer, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { fromBase64Url, toBase64Url } from "../../../kernel/bytes.ts";
import { readReference, REFERENCES } from "../../../kernel/ids.ts";
import { nameOf } from "../../../office/columns.ts";
import { answerOf, detailOf, openedOf } from "./answers.ts";
import * as decide from "./decide.ts";
import { putEvidence, readEvidence } from "./evidence.ts";
import { fileRequest } from "./file-for-office.ts";
import { caseOf, lookAt, openCase } from "./look.ts";
import type { CaseParts } from "./parts.ts";
import { refuseEvidence, refuseFiling, refuseStep } from "./refusals.ts";
import {
  CaseAnswer, CaseDetail, CaseFilters, EvidenceAnswer, EvidenceRequest, FiledAnswer, FilingRequest, OpenedAnswer, OpenRequest, ProposalRequest, StepRequest, type STEPS,
} from "./schema.ts";
import { BY_URGENCY, caseByReference, casesBy } from "./store.ts";

export interface CaseRouteParts extends AccessParts {
  /** The office's half of cases; `afterwards` outlives the answer. */
  cases: (afterwards: (work: Promise<unknown>) => void) => CaseParts;
}

const CasePath = z.object({ reference: z.string().max(40) });
const EvidencePath = CasePath.extend({ evidenceId: z.string().max(40) });
/** A file of 5 MB in base64url, and its name. */
const EVIDENCE_BODY = 7_000 * KILOBYTE;

const cases = listing({ name: "cases", filters: CaseFilters, orders: BY_URGENCY, usual: "dueAt" });
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { "application/json": { schema } } });
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, content: { "application/json": { schema } } });
const path = "/v1/cases";
const STEP_PROBLEMS = [...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "conflict"] as const;

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "cases:read", { reads: { action: "case.listed", resource: () => "cases" } }),
    method: "get",
    path,
    summary: "What officers decide about, the most urgent first",
    request: { query: cases.parameters },
    responses: { 200: json(pageAnswer(CaseAnswer), "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const look = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "cases:read", { reads: { action: "case.viewed", resource: (named) => `case/${readReference(REFERENCES.case, named("reference"))}` } }),
    method: "get",
    path: `${path}/{reference}`,
    summary: "One case: its timeline, its decisions and its files",
    description: "Who is in it and what they say stays closed.",
    request: { params: CasePath },
    responses: { 200: json(CaseDetail, "The case"), ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found") },
  });

const file = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "cases:decide"),
    method: "post",
    path,
    summary: "File for a court or an operator",
    description: "Where a case of the kind is open about the same person it joins that one, whose reference it answers.",
    request: { headers: IdempotencyHeaders, body: body(FilingRequest) },
    responses: { 201: json(FiledAnswer, "The case"), ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS) },
  });

const opening = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "identities:read"),
    method: "post",
    path: `${path}/{reference}/statements`,
    summary: "Read who asks, about whom, and what they say",
    description: "Leaves an entry in the audit log before anything is opened: each call is a read of its own. Nothing is there once the case was erased.",
    request: { params: CasePath, body: body(OpenRequest) },
    responses: { 200: json(OpenedAnswer, "What was said"), ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found") },
  });

const proposal = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "cases:decide"),
    method: "post",
    path: `${path}/{reference}/proposal`,
    summary: "Propose what to decide",
    description: "Another officer seconds it or sends it back; of a longer end and of a complaint one officer decides, and this is the decision.",
    request: { params: CasePath, body: body(ProposalRequest) },
    responses: { 200: json(CaseAnswer, "As it stands now"), ...problems(...STEP_PROBLEMS) },
  });

const stepping = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "cases:decide"),
    method: "post",
    path: `${path}/{reference}/steps`,
    summary: "Give notice, second a proposal or send it back, withdraw what was filed for others, stop an annulment",
    description: "A proposal takes another officer as its second. What is decided Register carries out within a minute.",
    request: { params: CasePath, body: body(StepRequest) },
    responses: { 200: json(CaseAnswer, "As it stands now"), ...problems(...STEP_PROBLEMS) },
  });

const adding = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "cases:decide", { maxBody: EVIDENCE_BODY }),
    method: "post",
    path: `${path}/{reference}/evidence`,
    summary: "Add a file that shows something",
    description: "A PDF, JPEG or PNG by what is in it, at most 5 MB. The same file again is one.",
    request: { params: CasePath, body: body(EvidenceRequest) },
    responses: { 204: { description: "It is there" }, ...problems(...STEP_PROBLEMS) },
  });

const reading = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "identities:read"),
    method: "post",
    path: `${path}/{reference}/evidence/{evidenceId}/content`,
    summary: "Read a file of evidence",
    description: "Leaves an entry in the audit log before it is opened.",
    request: { params: EvidencePath, body: body(OpenRequest) },
    responses: { 200: json(EvidenceAnswer, "The file"), ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found") },
  });

type Stepping = (parts: CaseParts, actor: Actor, reference: string, wanted: decide.Wanted) => Promise<decide.DecideResult>;
const STEP_OF: Record<(typeof STEPS)[number], Stepping> = {
  "notify": decide.notify, "second": decide.second, "send-back": decide.sendBack, "withdraw": decide.withdraw, "stop": decide.stop,
};

export const caseRoutes = ({ cases: partsFor, ...parts }: CaseRouteParts): OpenAPIHono<ApiEnv> => {
  const own = (c: { executionCtx: { waitUntil: (work: Promise<unknown>) => void } }) => partsFor((work) => c.executionCtx.waitUntil(work));

  return createRouter()
    .openapi(list(parts), async (c) => {
      const asked = cases.read(c.req.valid("query"));
      const { office, clock } = own(c);
      const { overdue, proposal: whose, ...filter } = asked.filters;
      const query = { ...filter, ...(whose && { proposal: { whose, by: nameOf(c.var.actor) } }), ...(overdue && { overdueAt: clock() }) };
      return c.json(writeList(asked, await available(casesBy(office, query, asked.page)), (row) => answerOf(caseOf(row))), 200);
    })
    .openapi(look(parts), async (c) => {
      const found = await available(lookAt(own(c), c.var.principal, referenceIn(c.req.valid("param"))));
      if (!found) throw new ProblemError("not-found");
      return c.json(detailOf(found), 200);
    })
    .openapi(file(parts), async (c) => {
      const commandId = commandIdOf(c.var.actor.id, "file-case", c.req.valid("header"));
      const done = await available(fileRequest(own(c), c.var.actor, commandId, c.req.valid("json")));
      return done.ok ? c.json({ reference: done.reference }, 201) : refuseFiling(done);
    })
    .openapi(opening(parts), async (c) => {
      const opened = await available(openCase(own(c), c.var.actor, referenceIn(c.req.valid("param")), c.req.valid("json").reason));
      if (!opened) throw new ProblemError("not-found");
      return c.json(openedOf(opened), 200);
    })
    .openapi(proposal(parts), async (c) => {
      const { until, ...wanted } = c.req.valid("json");
      const reference = referenceIn(c.req.valid("param"));
      const done = await available(decide.propose(own(c), c.var.actor, reference, { ...wanted, until: until === null ? null : Date.parse(until) }));
      return done.ok ? c.json(await standing(own(c), reference), 200) : refuseStep(done);
    })
    .openapi(stepping(parts), async (c) => {
      const { step, ...wanted } = c.req.valid("json");
      const reference = referenceIn(c.req.valid("param"));
      const done = await available(STEP_OF[step](own(c), c.var.actor, reference, wanted));
      return done.ok ? c.json(await standing(own(c), reference), 200) : refuseStep(done);
    })
    .openapi(adding(parts), async (c) => {
      const reference = referenceIn(c.req.valid("param"));
      const { name, content } = c.req.valid("json");
      if (!(await available(caseByReference(own(c).office, reference)))) throw new ProblemError("not-found");
      const done = await available(putEvidence(own(c), c.var.actor, reference, { name, bytes: bytesIn(content), partyId: null }));
      return done.ok ? c.body(null, 204) : refuseEvidence(done);
    })
    .openapi(reading(parts), async (c) => {
      const { evidenceId: id, ...at } = c.req.valid("param");
      const found = await available(readEvidence(own(c), c.var.actor, referenceIn(at), { id, reason: c.req.valid("json").reason }));
      if (!found) throw new ProblemError("not-found");
      return c.json({ name: found.name, type: found.type, content: toBase64Url(found.bytes) }, 200);
    });
};

/** A text that can be no reference is one of nothing. */
function referenceIn({ reference }: z.infer<typeof CasePath>): string {
  const read = readReference(REFERENCES.case, reference);
  if (read === null) throw new ProblemError("not-found");
  return read;
}

async function standing({ office }: CaseParts, reference: string): Promise<z.infer<typeof CaseAnswer>> {
  return answerOf(caseOf((await available(caseByReference(office, reference)))!));
}

function bytesIn(content: string): Uint8Array {
  try {
    return fromBase64Url(content);
  } catch {
    throw new ProblemError("field-invalid", { errors: [{ pointer: "/content", detail: "must be base64url without padding" }] });
  }
}
