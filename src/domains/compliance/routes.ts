import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../api/listing.ts";
import { available, ProblemError } from "../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../api/problem-responses.ts";
import { refuseCommit } from "../../api/refusals.ts";
import { entryOf, flagOf } from "./answers.ts";
import { exportPage, type ExportParts } from "./export/export.ts";
import { proveEntry, type ProveParts } from "./prove.ts";
import { EntriesAnswer, EntryFilters, EntryPath, ExportLine, ExportQuery, FlagAnswer, FlagNote, FlagPath } from "./schema.ts";
import { seeFlag, type SeeRefusal } from "./see.ts";
import { BY_TIME, listEntries } from "./store.ts";

export interface AuditRouteParts extends AccessParts {
  audit: ProveParts & ExportParts;
}

const entries = listing({ name: "audit", filters: EntryFilters, orders: BY_TIME, usual: "-at" });

const read = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "audit:read"),
    method: "get",
    path: "/v1/audit",
    summary: "What was done",
    description: "By the office, and by the register as the office's copy has it. An entry is written with what it tells of, or neither is; none is ever changed.",
    request: { query: entries.parameters },
    responses: {
      200: { description: "A page of entries", content: { "application/json": { schema: EntriesAnswer } } },
      ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS),
    },
  });

const proof = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "audit:read"),
    method: "get",
    path: "/v1/audit/{entryId}/proof",
    summary: "The proof that the log has an entry",
    description: "A C2SP tlog-proof@v1, which is verified without asking anybody. Its extra opens an entry of the office's own; a copy's leaf is read in the log.",
    request: { params: EntryPath },
    responses: {
      200: { description: "The proof", content: { "text/plain": { schema: z.string() } } },
      ...problems("field-invalid", "not-found", "conflict", ...ACCESS_PROBLEMS),
    },
  });

const exported = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "audit:export"),
    method: "get",
    path: "/v1/audit/export",
    summary: "A range of the log with its proof",
    description: "Up to 1,024 entries in the log's order, none left out, as `npm run audit:verify-export` verifies it. Leaves an entry in the audit log.",
    request: { query: ExportQuery },
    responses: {
      200: { description: "The page's head, and a line for each of its entries", content: { "application/x-ndjson": { schema: ExportLine } } },
      ...problems("field-invalid", "conflict", ...ACCESS_PROBLEMS),
    },
  });

const seen = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "audit-flags:note"),
    method: "post",
    path: "/v1/audit-flags/{flagId}/seen",
    summary: "Say what was found about a suspicion",
    description: "Once, and by somebody else than who did what is suspicious.",
    request: { params: FlagPath, body: { required: true, content: { "application/json": { schema: FlagNote } } } },
    responses: {
      200: { description: "As it stands now", content: { "application/json": { schema: FlagAnswer } } },
      ...problems(...BODY_PROBLEMS, "not-found", "conflict", ...ACCESS_PROBLEMS),
    },
  });

const NOT_THERE_YET = { unknown: ["not-found"], "not-there-yet": ["conflict", "It is not in the log yet: ask again in a minute."] } as const;

function refuseToSee(refused: SeeRefusal): never {
  if (refused.refusal === "unknown") throw new ProblemError("not-found");
  if (refused.refusal === "own") throw new ProblemError("forbidden", { detail: "Somebody else looks at what you did." });
  return refuseCommit(refused as Parameters<typeof refuseCommit>[0]);
}

export const auditRoutes = ({ audit, ...access }: AuditRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(read(access), async (c) => {
      const asked = entries.read(c.req.valid("query"));
      return c.json(writeList(asked, await available(listEntries(audit.office, asked.filters, asked.page)), entryOf), 200);
    })
    .openapi(proof(access), async (c) => {
      const { entryId } = c.req.valid("param");
      const proven = await available(proveEntry(audit, entryId));
      if (proven.ok) return c.text(proven.proof, 200, { "content-disposition": `attachment; filename="${entryId}.tlog-proof"` });
      const [code, detail] = NOT_THERE_YET[proven.refusal];
      throw new ProblemError(code, detail ? { detail } : {});
    })
    .openapi(exported(access), async (c) => {
      const page = await available(exportPage(audit, c.var.actor, c.req.valid("query")));
      if (!page.ok) throw new ProblemError("conflict", { detail: "The log's published checkpoint has nothing of then." });
      const lines = page.lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      return c.body(lines, 200, { "content-type": "application/x-ndjson" }) as never;
    })
    .openapi(seen(access), async (c) => {
      const done = await available(seeFlag(audit, c.var.actor, c.req.valid("param").flagId, c.req.valid("json")));
      return done.ok ? c.json(flagOf(done.flag), 200) : refuseToSee(done);
    });
