import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { ACCESS_PROBLEMS, type AccessParts, allowing } from "../../../api/authorization.ts";
import { type ApiEnv, createRouter } from "../../../api/kit.ts";
import { LIST_PROBLEMS, listing, writeList } from "../../../api/listing.ts";
import { available, ProblemError } from "../../../api/problem.ts";
import { problems } from "../../../api/problem-responses.ts";
import { SIGN_INS_BY_TIME, type SignInRow, signInsPage } from "../account/store.ts";
import type { AccountParts } from "../parts.ts";
import { endOne } from "./end.ts";
import type { SignInView } from "./rpc.ts";
import { DevicesAnswer, SessionPath, SessionsAnswer, SignInsAnswer } from "./schema.ts";
import { BY_BEGINNING, BY_LAST_SEEN, type DeviceRow, devicesPage, type SessionRow, sessionsPage } from "./store.ts";

export type SessionRouteParts = AccessParts & Pick<AccountParts, "office" | "random">;

const sessions = listing({ name: "sessions", filters: {}, orders: BY_BEGINNING, usual: "-createdAt" });
const devices = listing({ name: "devices", filters: {}, orders: BY_LAST_SEEN, usual: "-lastSeenAt" });
const signIns = listing({ name: "sign-ins", filters: {}, orders: SIGN_INS_BY_TIME, usual: "-at" });

const answers = <Schema extends typeof SessionsAnswer | typeof DevicesAnswer | typeof SignInsAnswer>(schema: Schema) => ({
  200: { description: "A page", content: { "application/json": { schema } } },
  ...problems(...LIST_PROBLEMS, ...ACCESS_PROBLEMS),
});

const listSessions = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "account:read"),
    method: "get",
    path: "/v1/account/sessions",
    summary: "Where the caller is signed in",
    request: { query: sessions.parameters },
    responses: answers(SessionsAnswer),
  });

const endSession = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "account:read"),
    method: "delete",
    path: "/v1/account/sessions/{sessionId}",
    summary: "End one of the caller's sessions",
    description: "It is over when this answers. Again it changes nothing.",
    request: { params: SessionPath },
    responses: { 204: { description: "Over" }, ...problems("field-invalid", ...ACCESS_PROBLEMS, "not-found") },
  });

const listDevices = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "account:read"),
    method: "get",
    path: "/v1/account/devices",
    summary: "The browsers the caller signed in with",
    request: { query: devices.parameters },
    responses: answers(DevicesAnswer),
  });

const listSignIns = (access: AccessParts) =>
  createRoute({
    ...allowing(access, "account:read"),
    method: "get",
    path: "/v1/account/sign-ins",
    summary: "Who tried to sign in as the caller, and what was unusual about it",
    request: { query: signIns.parameters },
    responses: answers(SignInsAnswer),
  });

const written = (at: number): string => new Date(at).toISOString();
const writtenIf = (at: number | null): string | null => (at === null ? null : written(at));

const sessionItem = ({ id, deviceId, stage, createdAt, provenAt, seenAt, expiresAt, agent, country, county }: SessionRow) => ({
  id, deviceId, stage, createdAt: written(createdAt), provenAt: written(provenAt), seenAt: written(seenAt), expiresAt: written(expiresAt),
  agent, country, county,
});

const deviceItem = ({ id, firstSeenAt, lastSeenAt, signIns, trustedAt, blockedAt, agent, country, county }: DeviceRow) => ({
  id, firstSeenAt: written(firstSeenAt), lastSeenAt: written(lastSeenAt), signIns, trustedAt: writtenIf(trustedAt), blockedAt: writtenIf(blockedAt),
  agent, country, county,
});

const signInItem = ({ id, at, method, outcome, reasons, deviceId, agent, country, county }: SignInRow) =>
  ({ id, at: written(at), method, outcome, reasons: reasons as SignInView["reasons"], deviceId, agent, country, county });

/** What a caller sees of their own account, and ends, with a token: nobody else's id does anything. */
export const sessionRoutes = ({ office, random, ...access }: SessionRouteParts): OpenAPIHono<ApiEnv> =>
  createRouter()
    .openapi(listSessions(access), async (c) => {
      const { userId } = c.var.principal;
      const asked = sessions.read(c.req.valid("query"), userId);
      return c.json(writeList(asked, await available(sessionsPage(office, userId, access.clock(), asked.page)), sessionItem), 200);
    })
    .openapi(endSession(access), async (c) => {
      const ended = await available(endOne({ office, random, clock: access.clock }, c.var.actor, c.req.valid("param").sessionId));
      if (!ended.ok) throw new ProblemError("not-found");
      return c.body(null, 204);
    })
    .openapi(listDevices(access), async (c) => {
      const { userId } = c.var.principal;
      const asked = devices.read(c.req.valid("query"), userId);
      return c.json(writeList(asked, await available(devicesPage(office, userId, asked.page)), deviceItem), 200);
    })
    .openapi(listSignIns(access), async (c) => {
      const { userId } = c.var.principal;
      const asked = signIns.read(c.req.valid("query"), userId);
      return c.json(writeList(asked, await available(signInsPage(office, userId, asked.page)), signInItem), 200);
    });
