import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { available } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseAccess } from "../../../api/refusals.ts";
import { assignRole, type RoleParts, takeRole } from "./assign.ts";
import { AssignmentQuery, AssignmentRequest, RolePath } from "./schema.ts";

export type RoleRouteParts = RoleParts & AccessParts;

const path = "/v1/users/{userId}/roles/{role}";

const assign = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "roles:assign"),
    method: "put",
    path,
    summary: "Give somebody a role",
    description: "Only one that can do nothing the giver cannot, and never to oneself. Their access tokens end with it: they need new ones.",
    request: { params: RolePath, body: { required: false, content: { "application/json": { schema: AssignmentRequest } } } },
    responses: { 204: { description: "They hold it" }, ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const take = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "roles:assign"),
    method: "delete",
    path,
    summary: "Take a role from somebody",
    description: "The last administrator stays.",
    request: { params: RolePath, query: AssignmentQuery },
    responses: { 204: { description: "They do not hold it" }, ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

export const roleRoutes = (parts: RoleRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(assign(parts), async (c) => {
      const { userId, role } = c.req.valid("param");
      const { operator = null } = c.req.valid("json");
      const answer = await available(assignRole(parts, c.var, userId, { role, operator }));
      return answer.ok ? c.body(null, 204) : refuseAccess(answer);
    })
    .openapi(take(parts), async (c) => {
      const { userId, role } = c.req.valid("param");
      const { operator = null } = c.req.valid("query");
      const answer = await available(takeRole(parts, c.var, userId, { role, operator }));
      return answer.ok ? c.body(null, 204) : refuseAccess(answer);
    });
