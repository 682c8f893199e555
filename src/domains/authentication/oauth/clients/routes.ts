import { createRoute, type OpenAPIHono, type z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../../../api/listing.ts";
import { available, ProblemError } from "../../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../../api/problem-responses.ts";
import { refuseClient } from "../../../../api/refusals.ts";
import { type ClientParts, readClient, registerClient, rotateSecret, setState } from "./clients.ts";
import { ClientAnswer, ClientPath, ClientRequest, ClientsAnswer, SecretAnswer } from "./schema.ts";
import { BY_CREATION, type ClientRow, clientsPage } from "./store.ts";

export type ClientRouteParts = ClientParts & AccessParts;

const CLIENTS = "/v1/oauth/clients";
const ONE = `${CLIENTS}/{clientId}`;

const clients = listing({ name: "oauth-clients", filters: {}, orders: BY_CREATION, usual: "createdAt" });

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({ description, content: { "application/json": { schema } } });

const register = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "oauth-clients:write"),
    method: "post",
    path: CLIENTS,
    summary: "Register a third party's program",
    description: "So that people can let it read what they may read, or an operator's program what concerns its operator.",
    request: { headers: IdempotencyHeaders, body: { required: true, content: { "application/json": { schema: ClientRequest } } } },
    responses: { 201: json("The client, and its secret", SecretAnswer), ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "conflict") },
  });

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "oauth-clients:write"),
    method: "get",
    path: CLIENTS,
    summary: "List third parties' programs, without their secrets",
    request: { query: clients.parameters },
    responses: { 200: json("A page of clients", ClientsAnswer), ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS) },
  });

const read = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "oauth-clients:write"),
    method: "get",
    path: ONE,
    summary: "One third party's program",
    request: { params: ClientPath },
    responses: { 200: json("The client", ClientAnswer), ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found") },
  });

const rotate = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "oauth-clients:write"),
    method: "post",
    path: `${ONE}/secret`,
    summary: "Give a client another secret",
    description: "The one before is good for nothing when this answers.",
    request: { params: ClientPath, headers: IdempotencyHeaders },
    responses: { 201: json("The new secret", SecretAnswer), ...problems("field-invalid", ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const suspension = (access: AccessParts, method: "put" | "delete", summary: string, description: string) =>
  createRoute({
    ...allowing(access, "oauth-clients:write"),
    method,
    path: `${ONE}/suspension`,
    summary,
    description,
    request: { params: ClientPath },
    responses: { 204: { description: "Done" }, ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const answerOf = ({ id, name, state, secretHash, grants, scopes, redirectUris, operator, createdAt }: ClientRow) => ({
  clientId: id, name, state, confidential: secretHash !== null, grants: [...grants], scopes: [...scopes], redirectUris: [...redirectUris], operator,
  createdAt: new Date(createdAt).toISOString(),
});

export const clientRoutes = (parts: ClientRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(register(parts), async (c) => {
      const described = c.req.valid("json");
      const command = { id: commandIdOf(c.var.actor.id, "register-oauth-client", c.req.valid("header")), fingerprint: fingerprintOf(described) };
      const done = await available(registerClient(parts, c.var.actor, described, command));
      return done.ok ? c.json({ clientId: done.clientId, secret: done.secret }, 201) : refuseClient(done);
    })
    .openapi(list(parts), async (c) => {
      const asked = clients.read(c.req.valid("query"));
      return c.json(writeList(asked, await available(clientsPage(parts.office, asked.page)), answerOf), 200);
    })
    .openapi(read(parts), async (c) => {
      const found = await available(readClient(parts, c.req.valid("param").clientId));
      if (!found) throw new ProblemError("not-found");
      return c.json(answerOf(found), 200);
    })
    .openapi(rotate(parts), async (c) => {
      const { clientId } = c.req.valid("param");
      const command = { id: commandIdOf(c.var.actor.id, "rotate-oauth-secret", c.req.valid("header")), fingerprint: fingerprintOf(clientId) };
      const done = await available(rotateSecret(parts, c.var.actor, clientId, command));
      return done.ok ? c.json({ clientId: done.clientId, secret: done.secret }, 201) : refuseClient(done);
    })
    .openapi(suspension(parts, "put", "Keep a client out", "Its tokens hold no longer when this answers."), async (c) => {
      const done = await available(setState(parts, c.var.actor, c.req.valid("param").clientId, "suspended"));
      return done.ok ? c.body(null, 204) : refuseClient(done);
    })
    .openapi(suspension(parts, "delete", "Let a client in again", "With the grants it had, where their time is not over."), async (c) => {
      const done = await available(setState(parts, c.var.actor, c.req.valid("param").clientId, "active"));
      return done.ok ? c.body(null, 204) : refuseClient(done);
    });
