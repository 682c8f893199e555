import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { grantingRole, type Principal } from "../../authentication/capabilities.ts";
import { type DoorParts, readPerson } from "./door.ts";
import { type ProfileParts, readProfile } from "./profiles.ts";
import { IdentityAnswer, ProfileAnswer, ReadRequest } from "./schema.ts";

export type IdentityRouteParts = DoorParts & ProfileParts & AccessParts;

/** The role that lets a reader in whom the route has let in. */
const roleOf = (principal: Principal) => grantingRole(principal, "identities:read", null)!;

const description = "Leaves an entry in the audit log before anything is opened: each call is a read of its own.";
const body = { required: true, content: { "application/json": { schema: ReadRequest } } };

const person = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "identities:read"),
    method: "post",
    path: "/v1/persons/{personId}/identity",
    summary: "Read who a person is",
    description: `${description} The person is shown when it was, in which role and why.`,
    request: { params: z.object({ personId: z.uuid() }), body },
    responses: {
      200: { description: "Their identity", content: { "application/json": { schema: IdentityAnswer } } },
      ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found"),
    },
  });

const user = (parts: AccessParts) =>
  createRoute({
    ...allowing(parts, "identities:read"),
    method: "post",
    path: "/v1/users/{userId}/profile",
    summary: "Read who an account's holder is",
    description,
    request: { params: z.object({ userId: z.uuid() }), body },
    responses: {
      200: { description: "Their profile", content: { "application/json": { schema: ProfileAnswer } } },
      ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found"),
    },
  });

export const identityRoutes = (parts: IdentityRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(person(parts), async (c) => {
      const { personId } = c.req.valid("param");
      const reader = { role: roleOf(c.var.principal), actor: c.var.actor, ...c.req.valid("json") };
      const identity = await available(readPerson(parts, reader, personId));
      if (!identity) throw new ProblemError("not-found");
      const identifiers = identity.identifiers.map(({ addedAt, ...rest }) => ({ ...rest, addedAt: new Date(addedAt).toISOString() }));
      return c.json({ personId, identifiers }, 200);
    })
    .openapi(user(parts), async (c) => {
      const { userId } = c.req.valid("param");
      const reader = { role: roleOf(c.var.principal), actor: c.var.actor, ...c.req.valid("json") };
      const profile = await available(readProfile(parts, reader, userId));
      if (!profile) throw new ProblemError("not-found");
      return c.json({ userId, ...profile }, 200);
    });
