import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { available } from "../../../api/problem.ts";
import { problems } from "../../../api/problem-responses.ts";
import { refuseCommit } from "../../../api/refusals.ts";
import { textOf } from "../office/answers.ts";
import { rebuild, type RebuildParts, type Standing, standing } from "../office/rebuild.ts";
import type { ProjectionApi } from "./rpc.ts";
import { ProjectionAnswer } from "./schema.ts";

export interface ProjectionRouteParts extends AccessParts, RebuildParts {
  projection: ProjectionApi;
  /** Has the office's copy brought up to date after the answer. */
  project: () => void;
}

const content = { "application/json": { schema: ProjectionAnswer } };

const look = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "projection:read"),
    method: "get",
    path: "/v1/projection",
    summary: "How far the office's copy of the register is",
    responses: { 200: { description: "How it stands", content }, ...problems(...ACCESS_PROBLEMS) },
  });

const begin = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "projection:rebuild"),
    method: "post",
    path: "/v1/projection/rebuild",
    summary: "Build the office's copy of the register anew",
    description: "From the register's first change on, beside what is listed, which stays listed until the new copy is whole.",
    request: { headers: IdempotencyHeaders },
    responses: { 202: { description: "How it stands", content }, ...problems(...IDEMPOTENCY, ...ACCESS_PROBLEMS) },
  });

const answerOf = ({ asOf, movedAt, ...counts }: Standing) => ({ ...counts, asOf: textOf(asOf), movedAt: textOf(movedAt) });

export function projectionRoutes({ projection, project, ...parts }: ProjectionRouteParts): OpenAPIHono<ApiEnv> {
  const stands = async () => answerOf(await available(standing({ office: parts.office, register: projection })));
  return createRouter()
    .openapi(look(parts), async (c) => c.json(await stands(), 200))
    .openapi(begin(parts), async (c) => {
      const command = { id: commandIdOf(c.var.actor.id, "rebuild-projection", c.req.valid("header")), fingerprint: fingerprintOf() };
      const ordered = await available(rebuild(parts, c.var.actor, command));
      if (!ordered.ok) return refuseCommit(ordered);
      project();
      return c.json(await stands(), 202);
    });
}
