import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../../api/listing.ts";
import { ETAG, etagOf, IfMatchHeaders, versionIn } from "../../../api/preconditions.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseUser } from "../../../api/refusals.ts";
import { changeUser } from "./change.ts";
import { createUser } from "./create.ts";
import { deleteUser } from "./delete.ts";
import type { UserParts } from "./parts.ts";
import { readUser, readUsers } from "./read.ts";
import { restoreUser } from "./restore.ts";
import { ChangeRequest, DeletionQuery, UserAnswer, UserFilters, UserPath, UserRequest, UsersAnswer } from "./schema.ts";
import { BY_CREATION } from "./store.ts";
import type { UserView } from "./view.ts";

export type UserRouteParts = UserParts & AccessParts;

const one = { "application/json": { schema: UserAnswer } };
const user = { description: "The account", headers: ETAG, content: one };

const create = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "users:write"),
    method: "post",
    path: "/v1/users",
    summary: "Make an account, as yet without any role",
    request: { headers: IdempotencyHeaders, body: { required: true, content: { "application/json": { schema: UserRequest } } } },
    responses: { 201: user, ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "conflict") },
  });

const accounts = listing({ name: "users", filters: UserFilters, orders: BY_CREATION, usual: "-createdAt" });

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "users:read", { reads: { action: "user.listed", resource: () => "users" } }),
    method: "get",
    path: "/v1/users",
    summary: "Accounts",
    description: "Of names and addresses only what somebody is recognised by.",
    request: { query: accounts.parameters },
    responses: { 200: { description: "A page", content: { "application/json": { schema: UsersAnswer } } }, ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const read = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "users:read", { reads: { action: "user.viewed", resource: (named) => `user/${named("userId")}` } }),
    method: "get",
    path: "/v1/users/{userId}",
    summary: "One account, deleted or not",
    request: { params: UserPath },
    responses: { 200: user, ...problems("field-invalid", "not-found", ...ACCESS_PROBLEMS) },
  });

const change = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "users:write"),
    method: "patch",
    path: "/v1/users/{userId}",
    summary: "Change who an account is for",
    request: { params: UserPath, headers: IfMatchHeaders, body: { required: true, content: { "application/json": { schema: ChangeRequest } } } },
    responses: { 200: user, ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "conflict", "precondition-required") },
  });

const remove = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "users:write"),
    method: "delete",
    path: "/v1/users/{userId}",
    summary: "Delete an account, so that it can be restored",
    description: "Its tokens hold no longer when this answers. Its address stays taken.",
    request: { params: UserPath, query: DeletionQuery, headers: IfMatchHeaders },
    responses: { 204: { description: "Deleted" }, ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found", "conflict", "precondition-required") },
  });

const restore = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "users:write"),
    method: "post",
    path: "/v1/users/{userId}/restore",
    summary: "Restore a deleted account",
    description: "With its state and its roles; its tokens hold again until their time is over.",
    request: { params: UserPath },
    responses: { 200: user, ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const written = (at: number): string => new Date(at).toISOString();

export const answerOf = ({ createdAt, updatedAt, lock, deletion, ...rest }: UserView) => ({
  ...rest, createdAt: written(createdAt), updatedAt: written(updatedAt),
  lock: lock && { ...lock, at: written(lock.at) }, deletion: deletion && { ...deletion, at: written(deletion.at) },
});

export const tagged = ({ version }: UserView) => ({ etag: etagOf(version) });

export const userRoutes = (parts: UserRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(create(parts), async (c) => {
      const commandId = commandIdOf(c.var.actor.id, "create-user", c.req.valid("header"));
      const done = await available(createUser(parts, c.var, c.req.valid("json"), commandId));
      return done.ok ? c.json(answerOf(done.user), 201, tagged(done.user)) : refuseUser(done);
    })
    .openapi(list(parts), async (c) => {
      const asked = accounts.read(c.req.valid("query"));
      const { state, deleted } = asked.filters;
      return c.json(writeList(asked, await available(readUsers(parts, { state, deleted: deleted === "true" }, asked.page)), answerOf), 200);
    })
    .openapi(read(parts), async (c) => {
      const found = await available(readUser(parts, c.req.valid("param").userId));
      if (!found) throw new ProblemError("not-found");
      return c.json(answerOf(found), 200, tagged(found));
    })
    .openapi(change(parts), async (c) => {
      const version = versionIn(c.req.valid("header"));
      const done = await available(changeUser(parts, c.var, c.req.valid("param").userId, version, c.req.valid("json")));
      return done.ok ? c.json(answerOf(done.user), 200, tagged(done.user)) : refuseUser(done);
    })
    .openapi(remove(parts), async (c) => {
      const version = versionIn(c.req.valid("header"));
      const done = await available(deleteUser(parts, c.var, c.req.valid("param").userId, version, c.req.valid("query").reason));
      return done.ok ? c.body(null, 204) : refuseUser(done);
    })
    .openapi(restore(parts), async (c) => {
      const done = await available(restoreUser(parts, c.var, c.req.valid("param").userId));
      return done.ok ? c.json(answerOf(done.user), 200, tagged(done.user)) : refuseUser(done);
    });
