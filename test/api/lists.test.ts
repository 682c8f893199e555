import { beforeAll, describe, expect, it } from "vitest";
import { insertSession, keepDevice } from "../../src/domains/authentication/sessions/store.ts";
import { insertSignIn } from "../../src/domains/authentication/sign-in/store.ts";
import { insertToken } from "../../src/domains/authentication/access/store.ts";
import { insertCase } from "../../src/domains/exclusions/cases/store.ts";
import { insertRun } from "../../src/domains/operators/conformance/store.ts";
import { putExclusions } from "../../src/domains/exclusions/office/store.ts";
import { insertReport } from "../../src/domains/compliance/reports/store.ts";
import { insertViolation } from "../../src/domains/compliance/violations/store.ts";
import { propagationLapses } from "../../src/domains/operators/propagation/tables.ts";
import { putKeys, putOperators } from "../../src/domains/operators/office/store.ts";
import { insertApplication } from "../../src/domains/operators/applications/store.ts";
import { insertLicence } from "../../src/domains/operators/licensing/store.ts";
import { sealContact } from "../../src/domains/users/invitations/box.ts";
import { insertInvitation } from "../../src/domains/users/invitations/store.ts";
import { insertAssignment, insertUser } from "../../src/domains/users/accounts/store.ts";
import { insertVerification } from "../../src/domains/users/people/store.ts";
import { insertCanary, insertMeetings } from "../../src/domains/tokens/canaries/store.ts";
import { insertQuarantine } from "../../src/domains/tokens/quarantines/store.ts";
import { insertClaim } from "../../src/domains/users/claims/store.ts";
import { insertClient } from "../../src/domains/authentication/oauth/clients/store.ts";
import { insertRequest } from "../../src/domains/users/rights/store.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { HOUR, type Instant } from "../../src/kernel/clock.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { createdBy } from "../../src/office/columns.ts";
import type { OfficeDatabase } from "../../src/office/database.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { LinkKeys } from "../../src/domains/exclusions/links/keys.ts";
import type { CrossReference, Salvaged } from "../../src/domains/exclusions/who-rpc.ts";
import { insertLookup } from "../../src/domains/tokens/lookups/store.ts";
import { left, meeting, pagedRegister } from "../support/links.ts";
import { admin, ENVELOPE, PAIR_KEY, testApi } from "../support/api.ts";
import { minimal } from "../support/minimal.ts";
import { testOffice } from "../support/office.ts";
import { UNTOUCHED } from "../support/exclusions.ts";

type Json = Record<string, any>;
type Query = Record<string, string>;

const test = testOffice();
const { document } = await testApi();
let api: Awaited<ReturnType<typeof testApi>>["api"];

/** Whose lists there are, by the name of the path's parameter. */
const TENANTS: Record<string, readonly [string, string]> = { operator: ["opours", "optheirs"], userId: [uuidv7(1, random), uuidv7(1, random)] };

const base = (at: Instant) => createdBy(systemActor("test"), at, random);
const made = (at: Instant) => ({ id: uuidv7(at, random), createdAt: at, createdBy: "system:test" });
const user = (at: Instant) => ({ ...base(at), state: "active" as const });
const operator = { state: "active" as const, requiredKinds: [], enrolledAt: 1, declaredCustomers: 0, licensedUntil: null, generation: 1 };

/** What Register lists itself. */
const registers = { meetings: [] as CrossReference[], salvaged: [] as Salvaged[] };

/** Who asks, and the browser they ask about. */
const CALLER = "00000000-0000-7000-8000-000000000001";
const DEVICE = uuidv7(1, random);
const somewhere = { network: null, agent: null, country: null, county: null };
const device = (id: string, at: Instant) =>
  ({ id, userId: CALLER, hash: crypto.randomUUID(), firstSeenAt: at, lastSeenAt: at, signIns: 1, trustedAt: null, blockedAt: null, ...somewhere });

let editions = 1;
const newReport = (computedAt: Instant, operator: string) => ({
  id: uuidv7(computedAt, random), operator, month: "2026-10", edition: ++editions, computedAt, computedBy: "system:test", reason: "r", tenths: null, part: 0, leastPart: 0.5, findings: [],
});
const newViolation = (at: Instant, operator: string) => ({
  ...base(at), operator, state: "notified" as const, rule: "by-hand" as const, subject: null, figures: {}, grounds: "g", accuser: "user:u", notifiedAt: at, respondUntil: at, response: null,
  respondedAt: null, respondedBy: null, decision: null, decidedAt: null, decidedBy: null, remedy: null, remediedAt: null, remediedBy: null, closing: null, closedAt: null, closedBy: null,
});
/** Something an operator was late with. */
const lapse = (database: OfficeDatabase, at: Instant, operator: string) =>
  database.insert(propagationLapses).values({ ...base(at), operator, kind: "received", state: "caught-up", since: at, count: 0, most: 1, seenAt: at, caughtUpAt: at });

/** How a row of each list comes to be: a list that is not here fails the tests. */
const MAKE: Record<string, (database: OfficeDatabase, at: Instant, tenant: string) => PromiseLike<unknown>> = {
  "/v1/users": (database, at) => insertUser(database, user(at)),
  "/v1/users/{userId}/verifications": (database, at, userId) =>
    insertVerification(database, { id: uuidv7(at, random), userId, method: "passport", verdict: "verified", reason: "seen-in-person", at, by: "system:test" }),
  "/v1/users/{userId}/access-tokens": (database, at, userId) =>
    insertToken(database, { ...made(at), userId, hash: crypto.randomUUID(), label: "l", expiresAt: at }),
  "/v1/account/sessions": (database, at) => insertSession(database, {
    id: uuidv7(at, random), userId: CALLER, deviceId: DEVICE, hash: crypto.randomUUID(), stage: "full", first: "password", second: null, createdAt: at, provenAt: at,
    seenAt: Date.now(), expiresAt: Date.now() + HOUR, ...somewhere,
  }),
  "/v1/account/devices": (database, at) => keepDevice(database, device(uuidv7(at, random), at)),
  "/v1/account/sign-ins": (database, at) =>
    insertSignIn(database, { id: uuidv7(at, random), userId: CALLER, at, method: "password", outcome: "succeeded", reasons: ["new-device"], deviceId: DEVICE, ...somewhere }),
  "/v1/oauth/clients": (database, at) =>
    insertClient(database, { ...user(at), name: "Program", secretHash: null, redirectUris: [], scopes: [], grants: [], operator: null }),
  "/v1/operators": (database, at) => putOperators(database, [{ ...operator, id: uuidv7(at, random), name: `Operator ${at}` }]),
  "/v1/operators/{operator}/keys": (database, at, tenant) => putKeys(database, [{
    id: uuidv7(at, random), operator: tenant, state: "active", scopes: [], networks: [], mode: "live", name: null, expiresAt: null, perSecond: 1, perDay: 1, issuedAt: at,
    revokedAt: null, generation: 1,
  }]),
  "/v1/operators/{operator}/conformance-runs": (database, at, tenant) => insertRun(database, {
    ...base(at), operator: tenant, address: "https://a.test", secret: null, state: "failed", kit: "1", hash: "h", endsBy: at, endedAt: at, checksBefore: null, testChecks: null, certificate: null,
  }),
  "/v1/operators/{operator}/users": (database, at, tenant) => {
    const row = user(at);
    return database.batch([insertUser(database, row), insertAssignment(database, { ...made(at), userId: row.id, role: "api_user", operator: tenant })]);
  },
  "/v1/exclusions": (database, at) => putExclusions(database, [{
    id: uuidv7(at, random), reference: crypto.randomUUID(), personId: crypto.randomUUID(), state: "active", policy: "1y", policyVersion: 1, endMode: "automatic",
    channel: "web", startedAt: at, endsAt: null, ...UNTOUCHED, identifiers: [], generation: 1,
  }]),
  "/v1/audit": (database, at) =>
    database.insert(auditEntries).values({ id: uuidv7(at, random), at, action: "user.changed", resource: "user/1", actorKind: "system", actorId: "test", payload: "{}" }),
  "/v1/cases": (database, at) => insertCase(database, {
    ...base(at), reference: crypto.randomUUID(), kind: "family", state: "open", subjectKey: crypto.randomUUID(), personId: null, exclusionReference: null, grounds: [], voices: 1,
    askedUntil: null, operator: null, happenedOn: null, checks: [], verdict: null, dueAt: at, hearingUntil: null, notice: null, measureUntil: null, imposedAs: null,
    proposedAct: null, proposedReason: null, proposedBy: null, proposedAt: null, proposedUntil: null, decision: null, decidedAt: null, appealUntil: null, closedAt: null,
    erasedAt: null, dataKey: new Uint8Array(1), keyId: "1",
  }),
  "/v1/compliance/reports": (database, at) => insertReport(database, newReport(at, uuidv7(at, random))),
  "/v1/operators/{operator}/compliance/reports": (database, at, tenant) => insertReport(database, newReport(at, tenant)),
  "/v1/violations": (database, at) => insertViolation(database, newViolation(at, "opothers")),
  "/v1/operators/{operator}/violations": (database, at, tenant) => insertViolation(database, newViolation(at, tenant)),
  "/v1/operators/{operator}/members": (database, at, tenant) => MAKE["/v1/operators/{operator}/users"]!(database, at, tenant),
  "/v1/operators/{operator}/invitations": (database, at, tenant) => {
    const row = base(at);
    const contact = { name: "N", email: "n@example.test", phone: "+254712345678", locale: "en" } as const;
    return insertInvitation(database, {
      ...row, operator: tenant, role: "operator_user", state: "open", expiresAt: at, phoneKey: row.id, userId: null, ...sealContact(ENVELOPE, "operatorInvitations", row.id, contact),
    });
  },
  "/v1/operators/{operator}/history": (database, at, tenant) =>
    database.insert(auditEntries).values({ id: uuidv7(at, random), at, action: "licence.renewed", resource: `operator/${tenant}`, actorKind: "system", actorId: "t", payload: "{}" }),
  "/v1/operator-applications": (database, at) => {
    const row = base(at);
    return insertApplication(database, {
      ...row, reference: crypto.randomUUID(), state: "received", name: "n", tradingName: null, registrationNumber: "r", website: null, address: "a", licenceType: "lottery", kinds: ["msisdn"],
      declaredCustomers: 0, recommendation: null, recommendedBy: null, recommendedReason: null, proposedUntil: null, proposedConditions: null, decidedAt: null, decidedBy: null,
      decisionReason: null, operator: null, contact: null, keyId: null,
    });
  },
  "/v1/licences": (database, at) => insertLicence(database, {
    ...base(1), number: crypto.randomUUID(), operator: crypto.randomUUID(), operatorApplicationId: null, type: "lottery", conditions: [], requiredKinds: ["msisdn"], issuedAt: 1, expiresAt: at,
    state: "in-force", supersededAt: null,
  }),
  "/v1/token-quarantines": (database, at) =>
    insertQuarantine(database, "opours", { id: uuidv7(at, random), rule: "by-hand", reason: "r", evidence: {}, since: at, by: "system:test" }),
  "/v1/canaries": (database, at) => {
    const row = base(at);
    return insertCanary(database, {
      ...row, kind: "msisdn", value: ENVELOPE.seal(new Uint8Array(1), { table: "canaries", column: "value", row: row.id }), note: "n", excluded: false, retiredAt: null,
    });
  },
  "/v1/canary-alarms": (database, at) => insertMeetings(database, [{ id: uuidv7(at, random), operator: "opours", canary: "c", how: "tokenised", purpose: null, at }]),
  "/v1/token-lookups": (database, at) => insertLookup(database, {
    ...base(at), state: "pending", operator: "op", tokenKey: "k", reason: "r", decidedAt: null, decidedBy: null, decisionReason: null, until: at, readAt: null,
  }),
  "/v1/propagation/overdue": (database, at) => lapse(database, at, random(4).reduce((id, byte) => id + byte.toString(36).padStart(2, "0"), "op")),
  "/v1/operators/{operator}/propagation/overdue": (database, at, tenant) => lapse(database, at, tenant),
  "/v1/cross-references": async (_, at) => void registers.meetings.push(meeting(registers.meetings.length, at)),
  "/v1/salvaged-identifiers": async (_, at) => void registers.salvaged.push(left(registers.salvaged.length, at)),
  "/v1/phone-claims": (database, at) => insertClaim(database, {
    ...base(at), reference: crypto.randomUUID(), state: "open", concern: "registry-unavailable", resembles: false, box: null, decidedAt: null, decidedBy: null, reason: null,
  }),
  "/v1/data-requests": (database, at) => insertRequest(database, {
    ...base(at), reference: crypto.randomUUID(), personId: crypto.randomUUID(), kind: "access", state: "received", subject: null, receivedAt: at, dueAt: at,
    decidedAt: null, decidedBy: null, reasons: [], completeAt: null, lookAgainAt: null,
  }),
};

const resolved = (schema: Json): Json => (schema.$ref ? resolved(schema.$ref.slice(2).split("/").reduce((at: Json, step: string) => at[step], document)) : schema);

interface List {
  path: string;
  parameters: Json[];
  properties: Json;
  statuses: string[];
}

/** In an operator's feed, in the order of its numbers alone: test/workers/feed asks for these. */
const OF_A_FEED: readonly string[] = ["/v1/events", "/v1/operators/{operator}/webhooks", "/v1/operators/{operator}/webhooks/{webhook}/deliveries"];

/** Whatever else answers items, or is asked for by pages. */
const lists: List[] = Object.entries<Json>(document.paths).flatMap(([path, { get }]) => {
  const schema = get?.responses[200]?.content?.["application/json"]?.schema;
  const [{ type, properties = {} }, parameters] = [resolved(schema ?? {}), (get?.parameters ?? []) as Json[]];
  const isPaged = parameters.some((one) => one.in === "query" && ["limit", "cursor", "sort"].includes(one.name));
  const isList = type === "array" || "items" in properties || "next" in properties || isPaged;
  return isList && !OF_A_FEED.includes(path) ? [{ path, properties, parameters: parameters.filter((one) => one.in === "query"), statuses: Object.keys(get.responses) }] : [];
});

const nameIn = (path: string): string | undefined => /\{(\w+)\}/.exec(path)?.[1];
const tenantsOf = (path: string): readonly string[] => TENANTS[nameIn(path) ?? ""] ?? [""];
const make = ({ path }: List, at: Instant, tenant = tenantsOf(path)[0]!) => MAKE[path]!(test.office.primary, at, tenant);
const sorts = ({ parameters }: List): string[] => parameters.find(({ name }) => name === "sort")!.schema.enum;

/** A value the parameter takes that is not what it is without one. */
const valueOf = ({ schema }: Json): string =>
  schema.examples?.[0] ?? schema.enum?.find((one: string) => one !== schema.default) ?? String(minimal(schema, document));

async function get({ path }: Pick<List, "path">, query: Query, tenant = tenantsOf(path)[0]!) {
  const response = await api.request(`${path.replace(/\{\w+\}/, tenant)}?${new URLSearchParams(query)}`, { headers: admin() });
  return { status: response.status, body: (await response.json()) as Json };
}

/** A page's items as texts. */
const texts = ({ status, body }: { status: number; body: Json }): string[] => {
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items.map((item: object) => JSON.stringify(item));
};

async function cursorOf(list: List, query: Query = {}, tenant?: string): Promise<string> {
  const { next } = (await get(list, { ...query, limit: "1" }, tenant)).body;
  expect(next, list.path).toEqual(expect.any(String));
  return next;
}

const TIMES = [20, 20, 30, 30, 30, 40, 50];
const [FIRST, LAST] = [10, 60];

beforeAll(async () => {
  const { primary } = test.office;
  // The replica may be a moment behind what was just written.
  const office = { primary, nearest: primary };
  const register = { linkedTo: async () => null, tokenHoldings: async () => ({ askedSince: null, holdings: [] }), operatorNames: async () => ({}), ...pagedRegister(registers) };
  const links = { office, register, person: () => ({ accountKeys: async () => [] }), linkKeys: new LinkKeys(PAIR_KEY), clock: Date.now, random };
  ({ api } = await testApi({ office, parts: { links } }));
  await putOperators(primary, TENANTS.operator!.map((id) => ({ ...operator, id, name: id })));
  for (const id of [CALLER, ...TENANTS.userId!]) await insertUser(primary, { ...user(1), id });
  await keepDevice(primary, device(DEVICE, 1));
  for (const list of lists) for (const tenant of tenantsOf(list.path)) for (const at of TIMES) await make(list, at, tenant);
});

it("every list of the document is asked here, and is a list like the others", () => {
  expect(lists.map(({ path }) => path).toSorted()).toEqual(Object.keys(MAKE).toSorted());
  for (const { path, parameters, properties, statuses } of lists) {
    expect(parameters.map(({ name }) => name), path).toEqual(expect.arrayContaining(["limit", "cursor", "sort"]));
    expect(Object.keys(properties), path).toEqual(expect.arrayContaining(["items", "next"]));
    expect(statuses, path).toEqual(expect.arrayContaining(["200", "400", "422"]));
  }
});

describe.each(lists.map((list) => [list.path, list] as const))("%s", (_, list) => {
  const elsewhere = lists.filter(({ path }) => path !== list.path);
  const filters = list.parameters.filter(({ name }) => !["limit", "cursor", "sort"].includes(name));

  /** Those of the questions whose cursor is not refused as it must be, each with its answer. */
  async function taken(questions: readonly Query[], tenant?: string): Promise<unknown[]> {
    const found: unknown[] = [];
    for (const question of questions) {
      const { status, body } = await get(list, question, tenant);
      const isRefused = status === 400 && body.type === "/problems/cursor-invalid" && body.errors[0].pointer === "/cursor";
      if (!isRefused) found.push({ question, status, body });
    }
    return found;
  }

  it.each(sorts(list))("by %s shows every row once though rows are inserted meanwhile, and the other way round the same", async (sort) => {
    const isBackwards = sort.startsWith("-");
    const name = isBackwards ? sort.slice(1) : sort;
    const before = texts(await get(list, { sort, limit: "200" }));
    expect(texts(await get(list, { sort: isBackwards ? name : `-${name}`, limit: "200" }))).toEqual(before.toReversed());
    const keys = before.map((text) => (JSON.parse(text) as Query)[name]!);
    expect(keys).toEqual(isBackwards ? keys.toSorted().toReversed() : keys.toSorted());
    const seen: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page = await get(list, { sort, limit: "3", ...(cursor !== null && { cursor }) });
      seen.push(...texts(page));
      cursor = page.body.next as string | null;
      if (cursor === null) break;
      await make(list, FIRST);
      await make(list, LAST);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((text) => before.includes(text))).toEqual(before);
    expect(seen.length).toBeGreaterThan(before.length);
  });

  it("takes a cursor back for pages of another size", async () => {
    expect((await get(list, { cursor: await cursorOf(list), limit: "200" })).status).toBe(200);
  });

  it("refuses a cursor that was altered anywhere, or that nobody made", async () => {
    const cursor = await cursorOf(list);
    const altered = [...cursor].map((letter, at) => cursor.slice(0, at) + (letter === "A" ? "B" : "A") + cursor.slice(at + 1));
    const lastBit = cursor.slice(0, -1) + String.fromCharCode(cursor.charCodeAt(cursor.length - 1) ^ 1);
    const others = [`${cursor}A`, `${cursor}=`, `${cursor} `, `A${cursor}`, cursor.slice(0, -1), cursor.slice(4), cursor + cursor, cursor.toLowerCase(), lastBit];
    const naughty = ["", "x", "WzEsMl0", "bnVsbA", "\0", "💥", "' OR 1=1 --", "__proto__", "A".repeat(4_000)];
    expect(await taken([...altered, ...others, ...naughty].map((text) => ({ cursor: text })))).toEqual([]);
  });

  it(`refuses a cursor of another order, of other filters (${filters.map(({ name }) => name).join(", ") || "none"}), or of another's list`, async () => {
    for (const sort of sorts(list)) {
      const cursor = await cursorOf(list, { sort });
      expect(await taken(sorts(list).filter((one) => one !== sort).map((other) => ({ sort: other, cursor })))).toEqual([]);
      expect(await taken(filters.map((filter) => ({ sort, [filter.name]: valueOf(filter), cursor })))).toEqual([]);
      for (const tenant of tenantsOf(list.path).slice(1)) expect(await taken([{ sort, cursor }], tenant)).toEqual([]);
    }
    const cursors = await Promise.all(elsewhere.map((other) => cursorOf(other)));
    expect(await taken(cursors.map((cursor) => ({ cursor })))).toEqual([]);
  });

  it("shows 1 to 200 at once, and refuses what it does not know by its name", async () => {
    for (const limit of ["1", "200"]) expect((await get(list, { limit })).status).toBe(200);
    for (const limit of ["0", "201", "-1", "1.5", "x", "", "1e9", "Infinity"]) {
      const { status, body } = await get(list, { limit });
      expect([status, body.errors[0].pointer], limit).toEqual([422, "/limit"]);
    }
    for (const [name, value] of [["sort", "id"], ["filter", "x"], ["Limit", "1"]] as const) {
      expect((await get(list, { [name]: value })).body).toMatchObject({ status: 422, errors: [{ pointer: `/${name}` }] });
    }
  });

  it.each(filters.map((filter) => [filter.name, filter] as const))("takes the filter %s, refuses it empty, and breaks at nothing in it", async (name, filter) => {
    expect(texts(await get(list, { [name]: valueOf(filter) })).length).toBeLessThanOrEqual(50);
    expect((await get(list, { [name]: "" })).body).toMatchObject({ status: 422, errors: [{ pointer: `/${name}` }] });
    for (const value of ["\0", "💥", "' OR 1=1 --", "%", "\u202e", "x".repeat(3_000)]) expect([200, 422]).toContain((await get(list, { [name]: value })).status);
  });
});
