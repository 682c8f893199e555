import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { problems } from "../../../api/problem-responses.ts";
import { readReference, REFERENCES } from "../../../kernel/ids.ts";
import type { Office } from "../../../office/database.ts";
import { pageOf } from "../../../office/page.ts";
import { changeOf, exclusionOf, textOf } from "./answers.ts";
import { ExclusionAnswer, ExclusionFilters, ExclusionsAnswer } from "./schema.ts";
import { BY_START, exclusionByReference, exclusionsPage, lastChanges, readCopy } from "./store.ts";

export interface ExclusionRouteParts extends AccessParts {
  office: Office;
}

const CHANGES = 200;
const exclusions = listing({ name: "exclusions", filters: ExclusionFilters, orders: BY_START, usual: "-startedAt" });

const list = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "exclusions:read", { reads: { action: "exclusion.listed", resource: () => "exclusions" } }),
    method: "get",
    path: "/v1/exclusions",
    summary: "Exclusions in the order they began",
    description: "From the office's copy of the register, which says how current it is. Whether somebody is excluded now is for a check to say.",
    request: { query: exclusions.parameters },
    responses: {
      200: { description: "A page", content: { "application/json": { schema: ExclusionsAnswer } } },
      ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS),
    },
  });

const one = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "exclusions:read", { reads: { action: "exclusion.viewed", resource: (named) => `exclusion/${referenceOf(named("reference"))}` } }),
    method: "get",
    path: "/v1/exclusions/{reference}",
    summary: "One exclusion, and what happened to it",
    request: { params: z.object({ reference: z.string().max(64) }) },
    responses: {
      200: { description: "The exclusion", content: { "application/json": { schema: ExclusionAnswer } } },
      ...problems("field-invalid", "not-found", ...ACCESS_PROBLEMS),
    },
  });

/** As people write it; a text that no reference can be is told apart from one that nobody has. */
function referenceOf(text: string): string {
  const reference = readReference(REFERENCES.exclusion, text);
  if (!reference) throw new ProblemError("field-invalid", { detail: "reference: is mistyped; its last character does not fit the others" });
  return reference;
}

export const exclusionRoutes = ({ office, ...access }: ExclusionRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(list(access), async (c) => {
      const asked = exclusions.read(c.req.valid("query"));
      const { rows: [rows], asOf } = await available(readCopy(office, (database) => [exclusionsPage(database, asked.filters, asked.page)]));
      return c.json({ ...writeList(asked, pageOf(rows, asked.page), exclusionOf), asOf: textOf(asOf) }, 200);
    })
    .openapi(one(access), async (c) => {
      const reference = referenceOf(c.req.valid("param").reference);
      const { rows: [[row], changes], asOf } = await available(
        readCopy(office, (database) => [exclusionByReference(database, reference), lastChanges(database, reference, CHANGES)]),
      );
      if (!row) throw new ProblemError("not-found");
      return c.json({ ...exclusionOf(row), changes: changes.map(changeOf), asOf: textOf(asOf) }, 200);
    });
