import { createRoute, z } from "@hono/zod-openapi";
import { beforeAll, describe, expect, it } from "vitest";
import { random } from "../../src/objects/shell.ts";
import { type AccessParts, allowing } from "../../src/api/authorization.ts";
import { createApi, createRouter } from "../../src/api/kit.ts";
import { problems } from "../../src/api/problem-responses.ts";
import { accessBy } from "../../src/domains/authentication/access/access.ts";
import { CAPABILITIES, OPERATOR_ROLES, ROLE_CAPABILITIES, ROLES } from "../../src/domains/authentication/capabilities.ts";
import { enrolled, restorer, testApi, unlimited } from "../support/api.ts";
import { holders } from "../support/holders.ts";
import { type Caller, faultsOf, type Matrix, namedRoutes, questionsOf, unnamed } from "../support/matrix.ts";
import { testOffice } from "../support/office.ts";
import { bearing, officeApi, somebody } from "../support/people.ts";

/** Open to everybody, each for a reason: what the audit log is verified by, what a problem means, how the edge is, which keys answers, tokens and certificates are signed with, how somebody without an account applies, where what of OAuth is, this document and its pages. */
const PUBLIC = [
  "get /v1/conformance/key", "get /v1/log/checkpoint", "get /v1/log/key", "get /v1/log/tile/{tile}", "get /v1/log/tile/*",
  "get /.well-known/oauth-authorization-server", "get /v1/oauth/jwks",
  "post /v1/operator-applications", "get /v1/operator-applications/{reference}/standing",
  "get /problems/{code}", "get /v1/status", "get /.well-known/http-message-signatures-directory", "get /openapi.json", "get /v1/reference/{set}", "get /v1/statistics/exclusions", "get /docs", "get /docs/{operation}",
];

const { document, api: served } = await testApi();
const routes = namedRoutes(document);
const TENANTS = ["own", "other", "none"] as const;
const size = `${routes.length} routes × ${ROLES.length + 3} callers × ${TENANTS.length} tenants`;

const test = testOffice();
const matrix = {} as Matrix;

beforeAll(async () => {
  const { office } = test;
  const { api, call, document } = await officeApi(office);
  // The administrator whose token makes operators is one of the office's now.
  const administrator = await somebody(office, [{ role: "super_admin", operator: null }]);
  const enrol = async (name: string) => enrolled(call, name, administrator.headers);
  const [own, other] = [await enrol("Own Bets"), await enrol("Other Bets")];
  const stranger = await somebody(office, [{ role: "operator_user", operator: other.operator.id }]);
  const { sessionId } = await holders(() => office, Date.now()).signIn(stranger.userId);
  const isOperators = (role: string): boolean => (OPERATOR_ROLES as readonly string[]).includes(role);
  const callers: Caller[] = [
    { name: "nobody", kind: "none", headers: () => ({ "idempotency-key": crypto.randomUUID() }) },
    { name: "a wrong token", kind: "none", headers: bearing(`nser_at_${"A".repeat(43)}`) },
    { name: "an operator's key", kind: "operatorKey", headers: bearing(own.key.key) },
  ];
  for (const role of ROLES) {
    const held = { role, operator: isOperators(role) ? own.operator.id : null };
    callers.push({ name: role, kind: "accessToken", role, ...(await somebody(office, [held])) });
  }
  Object.assign(matrix, {
    api, document, callers,
    operators: { own: own.operator.id, other: other.operator.id, none: "op0000none" },
    resources: { userId: stranger.userId, tokenId: stranger.tokenId, sessionId, keyId: other.key.keyId, role: "operator_user", code: "not-found" },
  });
});

describe("every route", () => {
  it("names what it takes, or is on the list of those that are open", () => {
    expect(unnamed(document, served.routes)).toEqual(PUBLIC.toSorted());
  });

  it("that takes a capability says in the document how it keeps out", () => {
    const silent = routes.filter(({ capability, operation }) => capability && ["401", "403", "503"].some((status) => !operation.responses[status]));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it(`lets in exactly whom its capability says, and says the same to all others of what is there and what is not: ${size}`, async () => {
    expect(matrix.callers).toHaveLength(ROLES.length + 3);
    const questions = routes.flatMap((route) => questionsOf(matrix, route)).length;
    expect(questions).toBeGreaterThan(2 * routes.length * ROLES.length);
    console.log(`${size}: ${2 * questions} requests`);
    expect(await faultsOf(matrix, routes)).toEqual([]);
  }, 120_000);

  it("by a secret of the deployment takes that secret", async () => {
    const { response } = await (await testApi()).call("GET", "/v1/recovery", { headers: restorer() });
    expect(response.status).toBe(200);
  });
});

describe("every role and capability", () => {
  const held = (role: (typeof ROLES)[number]) => [...ROLE_CAPABILITIES[role].any, ...(ROLE_CAPABILITIES[role].own ?? [])];
  const used = new Set(routes.flatMap(({ capability, ofOneself }) => [capability, ofOneself]));

  it.each(ROLES)("%s may do something", (role) => {
    expect(held(role).filter((capability) => used.has(capability))).not.toEqual([]);
  });

  it.each(CAPABILITIES)("%s is held by somebody, and a route asks for it", (capability) => {
    expect(ROLES.filter((role) => held(role).includes(capability))).not.toEqual([]);
    expect(used.has(capability)).toBe(true);
  });

  it("holds nothing for an operator that it could not be held for", () => {
    const operators: readonly string[] = OPERATOR_ROLES;
    expect(ROLES.filter((role) => ROLE_CAPABILITIES[role].own && !operators.includes(role))).toEqual([]);
  });
});

describe("the matrix bites", () => {
  const path = "/v1/operators/{operator}/users/{userId}/rogue";
  const params = z.object({ operator: z.string(), userId: z.uuid() });
  const responses = { 200: { description: "Done" }, ...problems("unauthenticated", "forbidden", "unavailable") };
  const asked = async (extra: (parts: AccessParts) => object, answer: (userId: string) => string = () => "done") => {
    const api = createApi({ service: "rogue", clock: Date.now, log: () => undefined, limits: unlimited, origins: [] });
    const route = createRoute({ method: "get", path, request: { params }, responses, ...extra({ access: accessBy(test.office, random), clock: Date.now }) });
    api.route("/", createRouter().openapi(route, (c) => c.text(answer(c.req.valid("param").userId)) as never));
    const rogue = { openapi: "3.1.0", info: { title: "", version: "" } };
    const document: any = await (await api.doc31("/openapi.json", rogue).request("/openapi.json")).json();
    return { document, routes: api.routes, faults: await faultsOf({ ...matrix, api, document }, namedRoutes(document)) };
  };

  it("on a route that names nothing", async () => {
    const { document, routes } = await asked(() => ({}));
    expect(unnamed(document, routes)).toContain(`get ${path}`);
  });

  it("on a document that names another capability than is asked for", async () => {
    const { faults } = await asked((parts) => ({ ...allowing(parts, "keys:write"), "x-capability": "usage:read" }));
    expect(faults.join("\n")).toMatch(/operator_user.*own/);
  });

  it("on a route that asks for nothing it names", async () => {
    const { faults } = await asked(() => ({ "security": [{ accessToken: [] }], "x-capability": "usage:read" }));
    expect(faults.join("\n")).toMatch(/nobody.*200/);
  });

  it("on an answer that says whether somebody else's is there", async () => {
    const asOne = await asked((parts) => allowing(parts, "usage:read"));
    expect(asOne.faults).toEqual([]);
    const { faults } = await asked((parts) => allowing(parts, "usage:read"), (userId) => (userId === matrix.resources.userId ? "there" : "not there"));
    expect(faults.join("\n")).toMatch(/operator_user, own: another's is told/);
  });
});
