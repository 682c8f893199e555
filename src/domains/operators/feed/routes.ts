import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { operatorOnly } from "../../../api/authentication.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { problems } from "../../../api/problem-responses.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { KeyHolder, OperatorDirectoryApi } from "../rpc.ts";
import type { FeedApi } from "./rpc.ts";
import { DigestAnswer, DigestPath, EventsAnswer, EventsQuery } from "./schema.ts";

export interface FeedRouteParts {
  directory: Pick<OperatorDirectoryApi, "keyHolder">;
  feed: (operator: string) => FeedApi;
  clock: Clock;
}

const PROBLEMS = problems("field-invalid", "unauthenticated", "forbidden", "unavailable");

const pull = (directory: FeedRouteParts["directory"]) =>
  createRoute({
    method: "get",
    path: "/v1/events",
    summary: "What happened, in numbers without a gap",
    description: "The same events webhooks deliver, with the same numbers and ids. Asking again answers the same events, in your tokens of then.",
    security: [{ operatorKey: [] }],
    middleware: [operatorOnly(directory, "events")] as const,
    request: { query: EventsQuery },
    responses: { 200: { description: "A page of events", content: { "application/json": { schema: EventsAnswer } } }, ...PROBLEMS },
  });

const digests = (directory: FeedRouteParts["directory"]) =>
  createRoute({
    method: "get",
    path: "/v1/events/digests/{day}",
    summary: "What a day's events come to",
    description: "Compute the same from the events you have: where it differs, some are missing.",
    security: [{ operatorKey: [] }],
    middleware: [operatorOnly(directory, "events")] as const,
    request: { params: DigestPath },
    responses: { 200: { description: "The digest", content: { "application/json": { schema: DigestAnswer } } }, ...problems("field-invalid", "unauthenticated", "forbidden", "unavailable", "not-found") },
  });

/** What a test key is told of: nothing ever happens to test persons. */
const NOTHING = { events: [], next: 0, head: 0, from: 1 };

const isTest = ({ key }: KeyHolder): boolean => key.mode === "test";

export const feedRoutes = ({ directory, feed, clock }: FeedRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(pull(directory), async (c) => {
      const { after, limit } = c.req.valid("query");
      const { holder } = c.var;
      const { through, ...page } = isTest(holder) ? { ...NOTHING, through: clock() } : await available(feed(holder.operator.id).events(after, limit));
      return c.json({ ...page, through: new Date(through).toISOString() }, 200);
    })
    .openapi(digests(directory), async (c) => {
      const { holder } = c.var;
      const digest = isTest(holder) ? null : await available(feed(holder.operator.id).digest(c.req.valid("param").day));
      if (!digest) throw new ProblemError("not-found");
      return c.json(digest, 200);
    });
