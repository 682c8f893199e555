/** What of the API leaves an entry in the audit: every write, and every read of persons. A route that is in no list here fails. */
import { readFileSync } from "node:fs";
import { and, desc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../../src/kernel/actor.ts";
import { HOUR } from "../../src/kernel/clock.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { testApi } from "../support/api.ts";
import { namedRoutes } from "../support/matrix.ts";
import { minimal } from "../support/minimal.ts";
import { testOffice } from "../support/office.ts";
import { MemoryDirectory } from "../support/operator-directory.ts";
import { officeApi, somebody, type Somebody } from "../support/people.ts";

type Body = Record<string, any>;

const { document } = await testApi();
const routes = namedRoutes(document).filter(({ capability }) => capability);
const test = testOffice();

/** Commands that reached Register, by the request they came with. Register has the entry; that is tested there. */
const commanded = new Map<string, { verb: string; actor: Actor }>();

/** Notes what is commanded. */
const noting = (directory: MemoryDirectory): MemoryDirectory =>
  new Proxy(directory, {
    get: (target, verb) => {
      const value = Reflect.get(target, verb);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        const { actor } = (args[0] ?? {}) as { actor?: Actor };
        if (actor) commanded.set(actor.origin!.requestId!, { verb: String(verb), actor });
        return value.apply(target, args);
      };
    },
  });

let admin: Somebody;
let call: Awaited<ReturnType<typeof officeApi>>["call"];

beforeAll(async () => {
  admin = await somebody(test.office, [{ role: "super_admin", operator: null }]);
  ({ call } = await officeApi(test.office, { directory: noting(new MemoryDirectory()) }));
});

const entryOf = (requestId: string) => test.office.primary.select().from(auditEntries).where(eq(auditEntries.requestId, requestId)).orderBy(desc(auditEntries.position)).all();

const done = new Set<string>();

/** Asks as the administrator, with the least that the route takes and what is said here. */
async function asked(name: string, path: Record<string, string> = {}, body: Body = {}, headers: Record<string, string> = {}): Promise<{ status: number; body: Body; requestId: string }> {
  const route = routes.find((one) => one.name === name)!;
  const schema = route.operation.requestBody?.content["application/json"]?.schema;
  const address = route.path.replaceAll(/\{([^}]+)\}/g, (_: string, parameter: string) => path[parameter]!);
  const json = schema && { ...(minimal(schema, document) as Body), ...body };
  const required = (route.operation.parameters ?? []).filter((one: Body) => one.in === "query" && one.required);
  const query = new URLSearchParams(required.map(({ name: asking, schema: of }: Body) => [asking, String(minimal(of, document))]));
  const { response, body: answer } = await call(route.method.toUpperCase(), required.length > 0 ? `${address}?${query}` : address, { headers: { ...admin.headers(), ...headers }, ...(json && { json }) });
  done.add(name);
  return { status: response.status, body: answer, requestId: response.headers.get("x-request-id")! };
}

/** The same, and that it left an entry that says who, what, on what, by which request, why and how it came out. */
async function writes(name: string, action: string, path: Record<string, string> = {}, body: Body = {}, headers: Record<string, string> = {}): Promise<Body> {
  const answer = await asked(name, path, body, headers);
  // That nobody is known by an id is told after the look is in the audit.
  if (action !== "identity.read") expect([name, answer.status, answer.body]).toEqual([name, expect.toSatisfy((status: number) => status < 300), answer.body]);
  const command = commanded.get(answer.requestId);
  if (command) {
    expect([name, command.verb, command.actor]).toEqual([name, action, expect.objectContaining({ kind: "user", id: admin.userId, reason: expect.stringContaining(":") })]);
    return answer.body;
  }
  const entries = await entryOf(answer.requestId);
  expect([name, entries.map((entry) => entry.action)]).toEqual([name, expect.arrayContaining([action])]);
  for (const entry of entries) {
    expect([name, entry]).toEqual([name, expect.objectContaining({
      actorKind: "user", actorId: admin.userId, resource: expect.stringMatching(/^[a-z-]+(\/.+)?$/), outcome: "done", reason: expect.stringMatching(/.+/), leaf: null,
    })]);
  }
  return answer.body;
}

/** Tested where what it takes is made: the entry, and the test that has it. */
const ELSEWHERE: Record<string, readonly [action: string, test: string]> = {
  "post /v1/audit-flags/{flagId}/seen": ["audit-flag.seen", "test/office/audit-watch.test.ts"],
  "post /v1/operators/{operator}/compliance/reports": ["compliance-report.computed", "test/office/compliance-reports.test.ts"],
  "post /v1/violations": ["violation.proposed", "test/office/violations.test.ts"],
  "post /v1/violations/{violationId}/steps": ["violation.notified", "test/office/violations.test.ts"],
  "post /v1/operators/{operator}/violations/{violationId}/responses": ["violation.responded", "test/office/violations.test.ts"],
  "delete /v1/account/sessions/{sessionId}": ["session.ended", "test/api/account-sessions.test.ts"],
  "post /v1/data-requests/{reference}/decision": ["data-request.answered", "test/office/data-requests.test.ts"],
  "post /v1/phone-claims/{reference}/claimant": ["identity.read", "test/office/phone-claims.test.ts"],
  "post /v1/phone-claims/{reference}/decision": ["phone-claim.", "test/office/phone-claims.test.ts"],
  "post /v1/cases": ["case.filed", "test/office/cases.test.ts"],
  "post /v1/cases/{reference}/statements": ["identity.read", "test/office/case-evidence.test.ts"],
  "post /v1/cases/{reference}/proposal": ["case.proposed", "test/office/cases.test.ts"],
  "post /v1/cases/{reference}/steps": ["case.notified", "test/office/cases.test.ts"],
  "post /v1/cases/{reference}/evidence": ["case.evidence-added", "test/office/case-evidence.test.ts"],
  "post /v1/cases/{reference}/evidence/{evidenceId}/content": ["case.evidence-read", "test/office/case-evidence.test.ts"],
  "post /v1/cross-references/{id}/look": ["cross-reference.looked-at", "test/office/links.test.ts"],
  "post /v1/token-lookups": ["token-lookup.requested", "test/office/token-lookups.test.ts"],
  "post /v1/token-lookups/{id}/decision": ["token-lookup.approved", "test/office/token-lookups.test.ts"],
  "post /v1/token-lookups/{id}/result": ["token-lookup.read", "test/office/token-lookups.test.ts"],
  "post /v1/token-quarantines": ["token-quarantine/", "test/office/token-guard.test.ts"],
  "post /v1/token-quarantines/{quarantineId}/decision": ["token-quarantine/", "test/office/token-guard.test.ts"],
  "post /v1/operators/{operator}/webhooks": ["webhook.registered", "test/workers/feed/feed.test.ts"],
  "patch /v1/operators/{operator}/webhooks/{webhook}": ["webhook.changed", "test/workers/feed/feed.test.ts"],
  "delete /v1/operators/{operator}/webhooks/{webhook}": ["webhook.removed", "test/workers/feed/feed.test.ts"],
  "post /v1/operators/{operator}/webhooks/{webhook}/secrets": ["webhook.secret-rotated", "test/workers/feed/feed.test.ts"],
  "post /v1/operators/{operator}/webhooks/{webhook}/tests": ["webhook.tested", "test/workers/feed/feed.test.ts"],
  "post /v1/operators/{operator}/webhooks/{webhook}/replays": ["webhook.replayed", "test/workers/feed/feed.test.ts"],
  "post /v1/operator-applications/{reference}/steps": ["operator-application.decided", "test/office/licensing.test.ts"],
  "post /v1/operator-applications/{reference}/contact": ["identity.read", "test/office/licensing.test.ts"],
  "post /v1/operators/{operator}/licence": ["licence.issued", "test/office/licensing.test.ts"],
  "post /v1/operators/{operator}/licence/steps": ["licence.suspended", "test/office/licensing.test.ts"],
  "put /v1/operators/{operator}/members/{userId}": ["operator-member.changed", "test/office/licensing.test.ts"],
  "delete /v1/operators/{operator}/members/{userId}": ["operator-member.removed", "test/office/licensing.test.ts"],
  "post /v1/operators/{operator}/conformance-runs": ["conformance-run.begun", "test/office/conformance.test.ts"],
  "post /v1/operators/{operator}/invitations": ["operator-invitation.made", "test/office/licensing.test.ts"],
  "delete /v1/operators/{operator}/invitations/{invitationId}": ["operator-invitation.withdrawn", "test/office/licensing.test.ts"],
  "post /v1/account/invitations/{invitationId}/acceptance": ["operator-invitation.accepted", "test/office/licensing.test.ts"],
  "post /v1/roots/rotations": ["root.rotation-begun", "test/workers/register/roots.test.ts"],
  "post /v1/operators/{operator}/tokens/rotate": ["operator.token-rotated", "test/workers/register/directory.test.ts"],
  "post /v1/operators/{operator}/tokens/compromise": ["operator.token-compromised", "test/workers/register/directory.test.ts"],
  "post /v1/operators/{operator}/tokens/deactivate": ["operator.token-deactivated", "test/workers/register/directory.test.ts"],
};

describe("every write of staff", () => {
  it("leaves an entry: of operators and their keys, in Register", async () => {
    const operator = (await writes("post /v1/operators", "enrolOperator", {}, { requiredKinds: ["msisdn"] })).id;
    await writes("put /v1/operators/{operator}/customers", "declareCustomers", { operator });
    const { keyId } = await writes("post /v1/operators/{operator}/keys", "issueKey", { operator });
    await writes("post /v1/operators/{operator}/keys/{keyId}/rotations", "rotateKey", { operator, keyId }, { overlapHours: 1 });
    await writes("delete /v1/operators/{operator}/keys/{keyId}", "revokeKey", { operator, keyId });
    await writes("post /v1/operators/{operator}/epochs", "rotateEpoch", { operator });
    await writes("post /v1/pair-keys/rotations", "rotatePairKey", {}, { pairKeyId: "pair" });
    expect(commanded.size).toBe(7);
  });

  it("leaves an entry: of accounts, roles and tokens", async () => {
    const { id: userId } = await writes("post /v1/users", "user.created", {}, { email: "a@example.test" });
    await writes("patch /v1/users/{userId}", "user.changed", { userId }, { name: "Another" }, { "if-match": '"1"' });
    await writes("put /v1/users/{userId}/roles/{role}", "user.role-assigned", { userId, role: "grak_auditor" });
    await writes("delete /v1/users/{userId}/roles/{role}", "user.role-taken", { userId, role: "grak_auditor" });
    await writes("post /v1/users/{userId}/activation", "user.activation-issued", { userId });
    const { id: tokenId } = await writes("post /v1/users/{userId}/access-tokens", "access-token.issued", { userId }, { expiresAt: new Date(Date.now() + HOUR).toISOString() });
    await writes("delete /v1/users/{userId}/access-tokens/{tokenId}", "access-token.revoked", { userId, tokenId });
    await writes("post /v1/users/search", "user.searched", {}, { by: undefined, identifier: userId });
    await writes("post /v1/users/{userId}/verifications", "user.verified", { userId });
    await writes("post /v1/users/{userId}/profile", "identity.read", { userId }, { reason: "a complaint of the holder" });
    await writes("post /v1/users/{userId}/lock", "user.locked", { userId });
    await writes("post /v1/users/{userId}/unlock", "user.unlocked", { userId });
    const version = async () => ({ "if-match": `"${(await asked("get /v1/users/{userId}", { userId })).body.version}"` });
    await writes("delete /v1/users/{userId}", "user.deleted", { userId }, {}, await version());
    await writes("post /v1/users/{userId}/restore", "user.restored", { userId }, {}, await version());
    await writes("post /v1/persons/{personId}/identity", "identity.read", { personId: crypto.randomUUID() }, { reason: "a complaint of the person" });
    expect(done).toContain("post /v1/persons/{personId}/identity");
  });

  it("leaves an entry: of an operator's people", async () => {
    const { id: operator } = (await asked("post /v1/operators", {}, { requiredKinds: ["msisdn"], name: "Another" })).body as { id: string };
    const { userId } = await writes("post /v1/operators/{operator}/users", "user.staff-added", { operator }, { role: "operator_user", email: "b@example.test" });
    await writes("post /v1/operators/{operator}/users/{userId}/activation", "user.activation-issued", { operator, userId });
    await writes("post /v1/operators/{operator}/users/{userId}/access-tokens", "access-token.issued", { operator, userId }, { expiresAt: new Date(Date.now() + HOUR).toISOString() });
    await writes("put /v1/operators/{operator}/users/{userId}/suspension", "user.suspended", { operator, userId });
    expect(done).toContain("put /v1/operators/{operator}/users/{userId}/suspension");
  });

  it("leaves an entry: of programs, canaries and what the office does with its own", async () => {
    const { clientId } = await writes("post /v1/oauth/clients", "oauth-client.registered", {}, { grants: ["authorization_code"], scopes: ["account:read"], redirectUris: ["https://a.example.test/"], confidential: true, operator: null });
    await writes("post /v1/oauth/clients/{clientId}/secret", "oauth-client.secret-rotated", { clientId });
    await writes("put /v1/oauth/clients/{clientId}/suspension", "oauth-client.suspended", { clientId });
    await writes("delete /v1/oauth/clients/{clientId}/suspension", "oauth-client.reinstated", { clientId });
    const { id: canaryId } = await writes("post /v1/canaries", "canary.put", {}, { type: "msisdn" });
    await writes("delete /v1/canaries/{canaryId}", "canary.retired", { canaryId });
    await writes("post /v1/encryption-keys/rewrap", "rewrap.begun");
    await writes("post /v1/projection/rebuild", "projection.rebuilt");
    expect(done).toContain("post /v1/projection/rebuild");
  });

  it("is here or in a test of its own that has its entry", () => {
    const writing = routes.filter(({ method, operation }) => method !== "get" && !operation["x-audited"]).map(({ name }) => name);
    expect(writing.filter((name) => !done.has(name) && !(name in ELSEWHERE))).toEqual([]);
    expect(Object.keys(ELSEWHERE).filter((name) => !writing.includes(name) || done.has(name))).toEqual([]);
    expect(Object.entries(ELSEWHERE).filter(([, [action, file]]) => !readFileSync(file, "utf8").includes(action))).toEqual([]);
  });
});

/** Nobody's data: what operators, keys, programs and the office's own machinery are, one's own account, and counts. */
const OF_NOBODY = [
  "get /v1/account", "get /v1/account/devices", "get /v1/account/sessions", "get /v1/account/sign-ins", "get /v1/audit", "get /v1/audit/{entryId}/proof",
  "get /v1/canaries", "get /v1/canary-alarms", "get /v1/encryption-keys", "get /v1/oauth/clients", "get /v1/oauth/clients/{clientId}", "get /v1/operators",
  "get /v1/operators/{operator}", "get /v1/operators/{operator}/keys", "get /v1/operators/{operator}/propagation/overdue", "get /v1/propagation/overdue",
  "get /v1/operators/{operator}/conformance-runs", "get /v1/operators/{operator}/conformance-runs/{runId}", "get /v1/operators/{operator}/conformance-runs/{runId}/certificate",
  "get /v1/compliance/reports", "get /v1/operators/{operator}/compliance", "get /v1/operators/{operator}/compliance/reports",
  "get /v1/operators/{operator}/compliance/reports/{reportId}", "get /v1/operators/{operator}/violations", "get /v1/operators/{operator}/violations/{violationId}",
  "get /v1/violations", "get /v1/violations/{violationId}", "get /v1/operators/{operator}/tokens/statistics", "get /v1/operators/{operator}/usage",
  "get /v1/operators/{operator}/webhooks", "get /v1/operators/{operator}/webhooks/{webhook}/deliveries", "get /v1/pair-keys", "get /v1/projection", "get /v1/roots",
  "get /v1/account/invitations", "get /v1/licences", "get /v1/operator-applications", "get /v1/operator-applications/{reference}",
  "get /v1/operators/{operator}/history", "get /v1/operators/{operator}/licence", "get /v1/operators/{operator}/keys/{keyId}/usage",
  "get /v1/statistics/exclusions/detailed", "get /v1/statistics/tokens", "get /v1/token-quarantines", "get /v1/users/{userId}/access-tokens",
];

/** Their verbs have the entry themselves, before they look: the test that has it. */
const BY_THEMSELVES: Record<string, readonly [action: string, test: string]> = {
  "get /v1/audit/export": ["audit.exported", "test/audit/export.test.ts"],
  "get /v1/exclusions/{reference}/token-holdings": ["exclusion.token-holdings-viewed", "test/office/links.test.ts"],
  "get /v1/exclusions/{reference}/identifiers": ["exclusion.identifiers-viewed", "test/office/links.test.ts"],
  "get /v1/exclusions/{reference}/duplicates": ["exclusion.duplicates-viewed", "test/office/links.test.ts"],
  "get /v1/cross-references": ["cross-reference.listed", "src/domains/exclusions/links/meetings.ts"],
  "get /v1/salvaged-identifiers": ["salvaged-identifier.listed", "src/domains/exclusions/links/routes.ts"],
};

describe("every read of persons by staff", () => {
  const audited = routes.filter(({ operation }) => operation["x-audited"]);

  it("is one that leaves an entry, or reads nothing of persons", () => {
    const reading = routes.filter(({ method, operation }) => method === "get" && !operation["x-audited"]).map(({ name }) => name);
    expect(reading.toSorted()).toEqual([...OF_NOBODY, ...Object.keys(BY_THEMSELVES)].toSorted());
    expect(Object.values(BY_THEMSELVES).filter(([action, file]) => !readFileSync(file, "utf8").includes(action))).toEqual([]);
    expect(audited.map(({ name }) => name).toSorted()).toEqual([
      "get /v1/cases", "get /v1/cases/{reference}", "get /v1/data-requests", "get /v1/data-requests/{reference}", "get /v1/exclusions", "get /v1/exclusions/{reference}",
      "get /v1/exclusions/{reference}/propagation", "get /v1/operators/{operator}/invitations", "get /v1/operators/{operator}/members", "get /v1/operators/{operator}/users", "get /v1/phone-claims", "get /v1/token-lookups", "get /v1/users",
      "get /v1/users/{userId}", "get /v1/users/{userId}/verifications",
      "post /v1/operators/{operator}/tokens/history",
    ]);
  });

  it("leaves it before it is answered: who, what, on what, by which request and why", async () => {
    let tried = 0;
    for (const { name, operation, capability, path } of audited) {
      const { id: operator } = (await asked("post /v1/operators", {}, { requiredKinds: ["msisdn"], name: `Of ${name}` })).body as { id: string };
      const { status, requestId } = await asked(name, { userId: admin.userId, operator, reference: "NSER-0000000000" });
      const entries = await entryOf(requestId);
      if (status !== 200) {
        expect([name, entries]).toEqual([name, []]);
        continue;
      }
      tried++;
      expect([name, entries.filter(({ action }) => action !== "identity.read")]).toEqual([name, [expect.objectContaining({
        action: operation["x-audited"], resource: path.includes("{") ? expect.stringMatching(/^[a-z-]+\/.+$/) : expect.stringMatching(/^[a-z-]+$/), actorId: admin.userId, reason: capability, outcome: "done",
      })]]);
    }
    expect(tried).toBe(11);
  });

  it("is not answered while nobody can say that the entry is there", async () => {
    const principalOf = async () => ({ userId: admin.userId, assignments: [{ role: "super_admin" as const, operator: null }] });
    const { call: deaf } = await testApi({ office: test.office, access: { principalOf, read: () => Promise.reject(new Error("away")) } });
    const { response, body } = await deaf("GET", "/v1/users", { headers: admin.headers() });
    expect([response.status, body.items]).toEqual([503, undefined]);
  });
});

describe("what is refused", () => {
  const ofSomebody = (userId: string) => test.office.primary.select().from(auditEntries).where(and(eq(auditEntries.actorId, userId), eq(auditEntries.action, "access.refused"))).orderBy(auditEntries.position).all();

  it("for want of a capability is in the audit, the first twenty of an hour, and the last says that more are left out", async () => {
    const auditor = await somebody(test.office, [{ role: "bematore_analyst", operator: null }]);
    for (let n = 0; n < 22; n++) expect((await call("POST", "/v1/users/search", { headers: auditor.headers(), json: { identifier: "x" } })).response.status).toBe(403);
    const entries = await ofSomebody(auditor.userId);
    expect(entries).toHaveLength(20);
    expect(entries[0]).toMatchObject({ outcome: "refused", resource: "capability/users:read", reason: "users:read", requestId: expect.any(String), payload: '{"capability":"users:read"}' });
    expect(entries.at(-1)!.payload).toBe('{"capability":"users:read","furtherLeftOut":true}');
  });

  it("for a wrong secret of the deployment is told of; for none at all is not", async () => {
    const heard: unknown[] = [];
    const { call: deployed } = await testApi({ refused: (secret, origin) => void heard.push([secret, typeof origin.requestId]) });
    for (const path of ["/v1/recovery", "/v1/recovery/steps", "/v1/recovery/vaults", "/v1/recovery/erased"]) {
      const method = path === "/v1/recovery" ? "GET" : "POST";
      expect((await deployed(method, path, { headers: { authorization: "Bearer wrong" }, ...(method === "POST" && { json: {} }) })).response.status).toBe(401);
      expect((await deployed(method, path, { ...(method === "POST" && { json: {} }) })).response.status).toBe(401);
    }
    expect(heard).toEqual(Array.from({ length: 4 }, () => ["restore-token", "string"]));
  });
});
