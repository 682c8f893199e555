import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../../api/listing.ts";
import { available } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseAccess } from "../../../api/refusals.ts";
import type { OperatorRole } from "../../authentication/capabilities.ts";
import { OperatorPath, StaffAnswer, StaffFilters, StaffPage, StaffPath, StaffRequest } from "./schema.ts";
import { addStaff, listStaff, type StaffParts, suspendStaff } from "./staff.ts";
import { BY_ASSIGNMENT } from "./store.ts";

export type StaffRouteParts = StaffParts & AccessParts;

const path = "/v1/operators/{operator}/users";

const add = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "users:write"),
    method: "post",
    path,
    summary: "Make an account for one of an operator's people",
    description: "An operator's administrator makes accounts of operator_user and api_user. Whether the address is known here already is not said, and changes nothing.",
    request: { params: OperatorPath, headers: IdempotencyHeaders, body: { required: true, content: { "application/json": { schema: StaffRequest } } } },
    responses: {
      201: { description: "The account", content: { "application/json": { schema: StaffAnswer } } },
      ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "not-found"),
    },
  });

const staff = listing({ name: "staff", filters: StaffFilters, orders: BY_ASSIGNMENT, usual: "since" });

const list = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "users:read", { reads: { action: "user.staff-listed", resource: (named) => `operator/${named("operator")}` } }),
    method: "get",
    path,
    summary: "List an operator's people, each with a role they hold",
    description: "Names and addresses are for the operator's own administrators, and each page of them is a read in the audit log; the regulator's see only what somebody is recognised by.",
    request: { params: OperatorPath, query: staff.parameters },
    responses: {
      200: { description: "Who holds which role", content: { "application/json": { schema: StaffPage } } },
      ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS),
    },
  });

const suspend = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "users:write"),
    method: "put",
    path: `${path}/{userId}/suspension`,
    summary: "Keep one of an operator's people out",
    description: "Their tokens hold no longer when this answers. Only the regulator lets them in again.",
    request: { params: StaffPath },
    responses: { 204: { description: "Suspended" }, ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

export const staffRoutes = (parts: StaffRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(add(parts), async (c) => {
      const { operator } = c.req.valid("param");
      const request = c.req.valid("json");
      const command = { id: commandIdOf(c.var.actor.id, "add-staff", c.req.valid("header")), fingerprint: fingerprintOf(operator, request.role, parts.accounts.fingerprint(request)) };
      const answer = await available(addStaff(parts, c.var, operator, request, command));
      return answer.ok ? c.json({ userId: answer.userId, role: request.role }, 201) : refuseAccess(answer);
    })
    .openapi(list(parts), async (c) => {
      const { operator } = c.req.valid("param");
      const asked = staff.read(c.req.valid("query"), operator);
      const page = await available(listStaff(parts, c.var, operator, asked.filters, asked.page));
      // An operator's assignments are of an operator's roles only.
      return c.json(writeList(asked, page, ({ userId, name, email, state, role, since }) =>
        ({ userId, name, email, state, role: role as OperatorRole, since: new Date(since).toISOString() })), 200);
    })
    .openapi(suspend(parts), async (c) => {
      const { operator, userId } = c.req.valid("param");
      const answer = await available(suspendStaff(parts, c.var, operator, userId));
      return answer.ok ? c.body(null, 204) : refuseAccess(answer);
    });
