import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, pageAnswer, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import type { Paged, Salvaged } from "../who-rpc.ts";
import { readReference, REFERENCES } from "../../../kernel/ids.ts";
import { pageOf } from "../../../office/page.ts";
import { textOf } from "../office/answers.ts";
import { duplicatesOf, holdingsOf, identifiersOf } from "./look.ts";
import { lookAt, type Meeting, meetings } from "./meetings.ts";
import { type LinkParts, noted } from "./parts.ts";
import { DuplicatesAnswer, HoldingsAnswer, IdentifiersAnswer, LookRequest, MeetingAnswer, MeetingFilters, SalvagedAnswer } from "./schema.ts";
import { BY_MEETING, BY_SALVAGING } from "./store.ts";

export interface LinkRouteParts extends AccessParts {
  links: LinkParts;
}

const crossReferences = listing({ name: "cross-references", filters: MeetingFilters, orders: BY_MEETING, usual: "-at" });
const salvaged = listing({ name: "salvaged-identifiers", filters: {}, orders: BY_SALVAGING, usual: "-salvagedAt" });
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({ description, content: { "application/json": { schema } } });
const ExclusionPath = z.object({ reference: z.string().max(64) });
const AUDITED = "Each call leaves an entry in the audit log first.";

/** One question about the person of an exclusion. */
const about = <Path extends string, Schema extends z.ZodType>(access: AccessParts, path: Path, summary: string, schema: Schema) =>
  createRoute({
    ...allowing(access, "exclusions:read"),
    method: "get",
    path: `/v1/exclusions/{reference}/${path}` as const,
    summary,
    description: AUDITED,
    request: { params: ExclusionPath },
    responses: { 200: json(schema, "What is known"), ...problems("field-invalid", "not-found", ...ACCESS_PROBLEMS) },
  });

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "exclusions:read"),
    method: "get",
    path: "/v1/cross-references",
    summary: "Persons who stated the same identifier",
    description: `${AUDITED} A page that is not full may be followed by another. Nobody is merged.`,
    request: { query: crossReferences.parameters },
    responses: { 200: json(pageAnswer(MeetingAnswer), "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const look = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "cases:decide"),
    method: "post",
    path: "/v1/cross-references/{id}/look",
    summary: "Note that a cross-reference was looked at",
    description: "Once. It changes nothing of anybody's.",
    request: { params: z.object({ id: z.string().max(64) }), body: { required: true, content: { "application/json": { schema: LookRequest } } } },
    responses: { 200: json(MeetingAnswer, "As it stands now"), ...problems(...BODY_PROBLEMS, "not-found", "conflict", ...ACCESS_PROBLEMS) },
  });

const left = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "exclusions:read"),
    method: "get",
    path: "/v1/salvaged-identifiers",
    summary: "Identifiers that stay excluded, of which a restoration found nothing else",
    description: AUDITED,
    request: { query: salvaged.parameters },
    responses: { 200: json(pageAnswer(SalvagedAnswer), "A page"), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

/** As people write it; a text that no reference can be is told apart from one that nobody has. */
function referenceOf({ reference: text }: z.infer<typeof ExclusionPath>): string {
  const reference = readReference(REFERENCES.exclusion, text);
  if (!reference) throw new ProblemError("field-invalid", { detail: "reference: is mistyped; its last character does not fit the others" });
  return reference;
}

/** What is there, or that nothing is. */
async function found<Answer>(answer: Promise<Answer | null>): Promise<Answer> {
  const known = await available(answer);
  if (known === null) throw new ProblemError("not-found");
  return known;
}

const sortOf = <Sort extends string>(direction: string, name: Sort): Sort | `-${Sort}` => (direction === "ascending" ? name : `-${name}`);

export const linkRoutes = ({ links: parts, ...access }: LinkRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(about(access, "token-holdings", "Operators that hold a token for an excluded person", HoldingsAnswer), async (c) => {
      const { excluded, holdings } = await found(holdingsOf(parts, c.var.actor, referenceOf(c.req.valid("param"))));
      return c.json({ excluded, holdings: holdings.map(({ firstAt, lastAt, ...holding }) => ({ ...holding, firstAt: textOf(firstAt), lastAt: textOf(lastAt) })) }, 200);
    })
    .openapi(about(access, "identifiers", "What is linked to an excluded person, from where and how surely", IdentifiersAnswer), async (c) => {
      const identifiers = await found(identifiersOf(parts, c.var.actor, referenceOf(c.req.valid("param"))));
      const dated = identifiers.map(({ statements, ...identifier }) => ({
        ...identifier, statements: statements.map(({ addedAt, ...statement }) => ({ ...statement, addedAt: textOf(addedAt) })),
      }));
      return c.json({ identifiers: dated }, 200);
    })
    .openapi(about(access, "duplicates", "What suggests that an excluded person is in the register twice", DuplicatesAnswer), async (c) =>
      c.json(await found(duplicatesOf(parts, c.var.actor, referenceOf(c.req.valid("param")))), 200))
    .openapi(list(access), async (c) => {
      const asked = crossReferences.read(c.req.valid("query"));
      const sort = sortOf(asked.page.order.direction, "at");
      return c.json(writeList(asked, await available(meetings(parts, c.var.actor, sort, asked.page, asked.filters.looked)), answerOf), 200);
    })
    .openapi(look(access), async (c) => {
      const done = await available(lookAt(parts, c.var.actor, c.req.valid("param").id, c.req.valid("json").reason));
      if (done.ok) return c.json(answerOf(done.meeting), 200);
      throw done.refusal === "unknown" ? new ProblemError("not-found") : new ProblemError("conflict", { detail: "Somebody looked at it before." });
    })
    .openapi(left(access), async (c) => {
      const asked = salvaged.read(c.req.valid("query"));
      const { order, after, limit } = asked.page;
      await available(noted(parts, c.var.actor, "salvaged-identifier.listed", "salvaged-identifiers"));
      const page: Paged<"salvagedAt" | "-salvagedAt"> = { sort: sortOf(order.direction, "salvagedAt"), after: after as number[] | null, limit: limit + 1 };
      return c.json(writeList(asked, pageOf(await available(parts.register.salvaged(page)), asked.page), salvagedOf(parts)), 200);
    });

function answerOf({ id, at, identifier, kind, references, otherReferences, looked }: Meeting) {
  return {
    id, at: textOf(at), identifier, kind, references, otherReferences,
    looked: looked && { at: textOf(looked.at), by: looked.by, reason: looked.reason },
  };
}

const salvagedOf = ({ linkKeys }: LinkParts) => ({ p, salvagedAt, logId, seq, t }: Salvaged) =>
  ({ identifier: linkKeys.identifier(p), salvagedAt: textOf(salvagedAt), logId, sequence: seq, at: textOf(t) });
