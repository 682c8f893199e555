import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, pageAnswer, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseCommit } from "../../../api/refusals.ts";
import { readReference, REFERENCES } from "../../../kernel/ids.ts";
import { ReadRequest } from "../identities/schema.ts";
import { decideClaim, readClaimant } from "./decide.ts";
import type { ClaimParts } from "./parts.ts";
import { ClaimAnswer, ClaimantAnswer, ClaimDecisionRequest, ClaimFilters } from "./schema.ts";
import { BY_AGE, claimsBy, type StoredClaim } from "./store.ts";

export interface ClaimRouteParts extends AccessParts {
  /** The office's half of claims; `afterwards` outlives the answer. */
  claims: (afterwards: (work: Promise<unknown>) => void) => ClaimParts;
}

const ClaimPath = z.object({ reference: z.string().max(40) });
const phoneClaims = listing({ name: "phone-claims", filters: ClaimFilters, orders: BY_AGE, usual: "receivedAt" });
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { "application/json": { schema } } });
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, content: { "application/json": { schema } } });

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "phone-claims:read", { reads: { action: "phone-claim.listed", resource: () => "phone-claims" } }),
    method: "get",
    path: "/v1/phone-claims",
    summary: "Claims to phones that were somebody else's before",
    request: { query: phoneClaims.parameters },
    responses: { 200: json(pageAnswer(ClaimAnswer), "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const claimant = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "identities:read"),
    method: "post",
    path: "/v1/phone-claims/{reference}/claimant",
    summary: "Read who claims a phone",
    description: "Leaves an entry in the audit log before anything is opened: each call is a read of its own. Nothing is there once they were told.",
    request: { params: ClaimPath, body: body(ReadRequest) },
    responses: { 200: json(ClaimantAnswer, "Who claims"), ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found") },
  });

const decision = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "phone-claims:decide"),
    method: "post",
    path: "/v1/phone-claims/{reference}/decision",
    summary: "Release a phone from its last holder's exclusion, or refuse to",
    description: "The phone alone is released, within seconds; its last holder stays excluded by all else. The claimant is told by SMS.",
    request: { params: ClaimPath, body: body(ClaimDecisionRequest) },
    responses: { 200: json(ClaimAnswer, "As it stands now"), ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

export const claimRoutes = ({ claims, ...parts }: ClaimRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(list(parts), async (c) => {
      const asked = phoneClaims.read(c.req.valid("query"));
      const { office } = claims((work) => c.executionCtx.waitUntil(work));
      return c.json(writeList(asked, await available(claimsBy(office, asked.filters, asked.page)), answerOf), 200);
    })
    .openapi(claimant(parts), async (c) => {
      const reference = referenceIn(c.req.valid("param"));
      const own = claims((work) => c.executionCtx.waitUntil(work));
      const found = await available(readClaimant(own, c.var.actor, reference, c.req.valid("json").reason));
      if (!found) throw new ProblemError("not-found");
      const { phone, kind, number, name, dateOfBirth } = found;
      return c.json({ reference, phone, document: { kind, number }, name, dateOfBirth }, 200);
    })
    .openapi(decision(parts), async (c) => {
      const own = claims((work) => c.executionCtx.waitUntil(work));
      const done = await available(decideClaim(own, c.var.actor, referenceIn(c.req.valid("param")), c.req.valid("json")));
      return done.ok ? c.json(answerOf(done.claim), 200) : refuse(done);
    });

/** A text that can be no reference is one of nothing. */
function referenceIn({ reference }: z.infer<typeof ClaimPath>): string {
  const read = readReference(REFERENCES.phoneClaim, reference);
  if (read === null) throw new ProblemError("not-found");
  return read;
}

function refuse({ refusal }: Extract<Awaited<ReturnType<typeof decideClaim>>, { ok: false }>): never {
  if (refusal === "claim-unknown") throw new ProblemError("not-found");
  if (refusal === "decided-already") throw new ProblemError("conflict", { detail: "It is decided already." });
  if (refusal === "same-person") throw new ProblemError("conflict", { detail: "Whoever claims seems to be the phone's last holder: it can be refused only." });
  return refuseCommit({ refusal });
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const answerOf = ({ reference, state, concern, resembles, createdAt, decidedAt, decidedBy, reason, version }: StoredClaim) =>
  ({ reference, state, concern, resembles, receivedAt: iso(createdAt)!, decidedAt: iso(decidedAt), decidedBy, reason, version });
