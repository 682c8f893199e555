import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { problems } from "../../../api/problem-responses.ts";
import { readReference, REFERENCES } from "../../../kernel/ids.ts";
import { textOf } from "../../exclusions/office/index.ts";
import { type LookParts, propagationOf } from "./look.ts";
import type { OperatorPropagation } from "./model.ts";
import { LapseFilters, LapsesAnswer, OwnLapseFilters, PropagationAnswer } from "./schema.ts";
import { BY_SINCE, lapsesBy, type Lapse } from "./store.ts";

export interface PropagationRouteParts extends AccessParts {
  propagation: LookParts;
}

const overdue = listing({ name: "propagation-overdue", filters: LapseFilters, orders: BY_SINCE, usual: "since" });
const ownOverdue = listing({ name: "own-propagation-overdue", filters: OwnLapseFilters, orders: BY_SINCE, usual: "since" });
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { "application/json": { schema } } });

const SAYS = "By the minute, from what operators' feeds say: an operator whose feed does not answer stays as it was last seen.";

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "propagation:read"),
    method: "get",
    path: "/v1/propagation/overdue",
    summary: "What operators are late with, and were, the longest late first",
    description: SAYS,
    request: { query: overdue.parameters },
    responses: { 200: json(LapsesAnswer, "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const ownList = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "propagation:read"),
    method: "get",
    path: "/v1/operators/{operator}/propagation/overdue",
    summary: "What an operator is late with, and was, the longest late first",
    description: SAYS,
    request: { params: z.object({ operator: z.string() }), query: ownOverdue.parameters },
    responses: { 200: json(LapsesAnswer, "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const ofExclusion = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "propagation:read", { reads: { action: "exclusion.propagation-viewed", resource: (named) => `exclusion/${referenceOf(named("reference"))}` } }),
    method: "get",
    path: "/v1/exclusions/{reference}/propagation",
    summary: "How far an exclusion came with each operator",
    description: "Each operator's feed is asked now. One that does not answer in time is shown as unknown, never as done.",
    request: { params: z.object({ reference: z.string().max(64) }) },
    responses: { 200: json(PropagationAnswer, "Each operator"), ...problems("field-invalid", "not-found", ...ACCESS_PROBLEMS) },
  });

/** As people write it; a text that no reference can be is told apart from one that nobody has. */
function referenceOf(text: string): string {
  const reference = readReference(REFERENCES.exclusion, text);
  if (!reference) throw new ProblemError("field-invalid", { detail: "reference: is mistyped; its last character does not fit the others" });
  return reference;
}

export const propagationRoutes = ({ propagation, ...access }: PropagationRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(list(access), async (c) => {
      const asked = overdue.read(c.req.valid("query"));
      return c.json(writeList(asked, await available(lapsesBy(propagation.office, asked.filters, asked.page)), lapseOf), 200);
    })
    .openapi(ownList(access), async (c) => {
      const { operator } = c.req.valid("param");
      const asked = ownOverdue.read(c.req.valid("query"), operator);
      return c.json(writeList(asked, await available(lapsesBy(propagation.office, { ...asked.filters, operator }, asked.page)), lapseOf), 200);
    })
    .openapi(ofExclusion(access), async (c) => {
      const found = await available(propagationOf(propagation, referenceOf(c.req.valid("param").reference)));
      if (!found) throw new ProblemError("not-found");
      return c.json({ reference: found.reference, operators: found.operators.map(operatorOf), asOf: textOf(found.asOf) }, 200);
    });

const iso = (at: number): string => new Date(at).toISOString();

const lapseOf = ({ id, operator, name, kind, state, since, count, most, seenAt, caughtUpAt }: Lapse) =>
  ({ id, operator, name, kind, state, since: iso(since), count, most, seenAt: iso(seenAt), caughtUpAt: textOf(caughtUpAt) });

const operatorOf = ({ operator, name, reach, events, acknowledged, owed }: OperatorPropagation) => ({
  operator, name, reach, owed: [...owed],
  events: events.map((event) => ({ ...event, at: iso(event.at), receivedAt: textOf(event.receivedAt), handledAt: textOf(event.handledAt) })),
  acknowledged: acknowledged.map(({ state, at, saidAt }) => ({ state, at: iso(at), saidAt: iso(saidAt) })),
});
