import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { commandIdOf, fingerprintOf, IDEMPOTENCY, IdempotencyHeaders } from "../../../api/idempotency.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../../api/listing.ts";
import { ETAG } from "../../../api/preconditions.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { BODY_PROBLEMS, problems } from "../../../api/problem-responses.ts";
import { refuseUser } from "../../../api/refusals.ts";
import type { UserParts } from "../accounts/parts.ts";
import { readUser } from "../accounts/read.ts";
import { answerOf, tagged } from "../accounts/routes.ts";
import { UserAnswer, UserPath } from "../accounts/schema.ts";
import type { IdentifierRefusal } from "./identifier.ts";
import { lockUser } from "./lock.ts";
import { LockRequest, SearchAnswer, SearchRequest, VerificationAnswer, VerificationRequest, VerificationsAnswer } from "./schema.ts";
import { searchUser } from "./search.ts";
import { BY_TIME, isThere, type VerificationRow, verificationsPage } from "./store.ts";
import { unlockUser } from "./unlock.ts";
import { verifyUser } from "./verify.ts";

export type PeopleRouteParts = UserParts & AccessParts;

const body = <Schema>(schema: Schema) => ({ required: true, content: { "application/json": { schema } } });
const user = { description: "The account", headers: ETAG, content: { "application/json": { schema: UserAnswer } } };

const search = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "users:read"),
    method: "post",
    path: "/v1/users/search",
    summary: "Find the one account that an identifier names",
    description: "Nothing is found by a part. Leaves an entry in the audit log: by what kind of identifier, and with how many hits.",
    request: { body: body(SearchRequest) },
    responses: {
      200: { description: "What was found", content: { "application/json": { schema: SearchAnswer } } },
      ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS),
    },
  });

const lock = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "users:lock"),
    method: "post",
    path: "/v1/users/{userId}/lock",
    summary: "Keep an account's holder out",
    description: "Their sessions and tokens, other programs' too, and links that set a password have ended when this answers. One who is kept out already stays so, for the reason given first.",
    request: { params: UserPath, body: body(LockRequest) },
    responses: { 200: user, ...problems(...BODY_PROBLEMS, ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const unlock = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "users:lock"),
    method: "post",
    path: "/v1/users/{userId}/unlock",
    summary: "Let an account's holder in again",
    description: "The wrong passwords and codes that kept them out are forgotten, too. Sessions and tokens that ended stay ended.",
    request: { params: UserPath },
    responses: { 200: user, ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found", "conflict") },
  });

const verify = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "users:verify"),
    method: "post",
    path: "/v1/users/{userId}/verifications",
    summary: "Note that a document was seen, or that this counts no more",
    description: "What was noted last holds. A change of name revokes it by itself.",
    request: { params: UserPath, headers: IdempotencyHeaders, body: body(VerificationRequest) },
    responses: {
      201: { description: "What was noted", content: { "application/json": { schema: VerificationAnswer } } },
      ...problems(...BODY_PROBLEMS, ...IDEMPOTENCY, ...ACCESS_PROBLEMS, "not-found", "conflict"),
    },
  });

const verifications = listing({ name: "verifications", filters: {}, orders: BY_TIME, usual: "-at" });

const list = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "users:read", { reads: { action: "user.verifications-viewed", resource: (named) => `user/${named("userId")}` } }),
    method: "get",
    path: "/v1/users/{userId}/verifications",
    summary: "How it was found out whether an account's holder is who they say",
    request: { params: UserPath, query: verifications.parameters },
    responses: {
      200: { description: "A page", content: { "application/json": { schema: VerificationsAnswer } } },
      ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS, "not-found"),
    },
  });

const UNFIT: Record<IdentifierRefusal["refusal"], string> = {
  "identifier-missing": "must name an account",
  "identifier-unreadable": "is no Kenyan mobile number, e-mail address or account's id",
  "reference-of-person": "is a person's, and leads to no account",
};

const written = ({ id, method, verdict, reason, at, by }: VerificationRow) => ({ id, method, verdict, reason, at: new Date(at).toISOString(), by });

export const peopleRoutes = (parts: PeopleRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(search(parts), async (c) => {
      const found = await available(searchUser(parts, c.var, c.req.valid("json").identifier));
      if (!found.ok) throw new ProblemError("field-invalid", { errors: [{ pointer: "/identifier", detail: UNFIT[found.refusal] }] });
      const account = found.userId === null ? null : await available(readUser(parts, found.userId));
      return c.json({ users: account ? [answerOf(account)] : [] }, 200);
    })
    .openapi(lock(parts), async (c) => {
      const done = await available(lockUser(parts, c.var, c.req.valid("param").userId, c.req.valid("json").reason));
      return done.ok ? c.json(answerOf(done.user), 200, tagged(done.user)) : refuseUser(done);
    })
    .openapi(unlock(parts), async (c) => {
      const done = await available(unlockUser(parts, c.var, c.req.valid("param").userId));
      return done.ok ? c.json(answerOf(done.user), 200, tagged(done.user)) : refuseUser(done);
    })
    .openapi(verify(parts), async (c) => {
      const [{ userId }, finding] = [c.req.valid("param"), c.req.valid("json")];
      const command = { id: commandIdOf(c.var.actor.id, "verify-user", c.req.valid("header")), fingerprint: fingerprintOf(userId, finding) };
      const done = await available(verifyUser(parts, c.var, userId, finding, command));
      return done.ok ? c.json(written(done.verification), 201) : refuseUser(done);
    })
    .openapi(list(parts), async (c) => {
      const { userId } = c.req.valid("param");
      const asked = verifications.read(c.req.valid("query"), userId);
      if (!(await available(isThere(parts.office, userId)))) throw new ProblemError("not-found");
      return c.json(writeList(asked, await available(verificationsPage(parts.office, userId, asked.page)), written), 200);
    });
