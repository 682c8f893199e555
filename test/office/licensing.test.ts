import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { carryApplications, sweepApplications } from "../../src/domains/operators/applications/carry.ts";
import type { ApplicationParts } from "../../src/domains/operators/applications/parts.ts";
import { operatorApplications } from "../../src/domains/operators/applications/tables.ts";
import { licences } from "../../src/domains/operators/licensing/tables.ts";
import { sweepWords } from "../../src/domains/operators/licensing/tell.ts";
import { sweepWarnings } from "../../src/domains/operators/licensing/warn.ts";
import { putOperators } from "../../src/domains/operators/office/store.ts";
import { roleAssignments, users } from "../../src/domains/users/accounts/tables.ts";
import { carryInvitations, sweepInvitations } from "../../src/domains/users/invitations/carry.ts";
import { operatorInvitations } from "../../src/domains/users/invitations/tables.ts";
import { takeOperatorRole } from "../../src/domains/users/staff/store.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import { openOffice } from "../../src/office/database.ts";
import { auditEntries, events } from "../../src/office/tables.ts";
import { ENVELOPE } from "../support/api.ts";
import { testOffice, unheard } from "../support/office.ts";
import { Guard } from "../../src/domains/tokens/guard/guard.ts";
import { MemoryDirectory } from "../support/operator-directory.ts";
import { accountsOf, holding, officeApi, somebody, type Somebody } from "../support/people.ts";

const test = testOffice();
const people = {} as Record<"root" | "first" | "second" | "auditor" | "citizen", Somebody>;
const HOLDER = "+254712345678";
const NOWHERE = openOffice({ url: "http://127.0.0.1:9", token: "" });

/** One for all tests: each test's operators are others than those before. */
const directory = new MemoryDirectory();
let enrolledBefore: number;
let call: Awaited<ReturnType<typeof officeApi>>["call"];
let now: number;
let texts: { to: string; message: string }[];
let failures: unknown[];
let parts: ApplicationParts & { sms: { send: (sms: { to: string; message: string }) => Promise<{ ok: true; messageId: string }> } };

beforeAll(async () => {
  people.root = await somebody(test.office, holding("super_admin"));
  people.first = await somebody(test.office, holding("grak_officer"));
  people.second = await somebody(test.office, holding("grak_officer"));
  people.auditor = await somebody(test.office, holding("grak_auditor"));
  // An officer's own phone, as they sign in with it.
  people.citizen = await somebody(test.office, holding("grak_admin"), { phone: HOLDER });
  await test.office.primary.update(users).set({ phoneProvenAt: 1 }).where(eq(users.id, people.citizen.userId));
});

beforeEach(async () => {
  [enrolledBefore, now, texts, failures] = [directory.operators.size, Date.now(), [], []];
  for (const table of ["licenceWarnings", "licenceSteps", "licences", "operatorApplications", "operatorInvitations", "events", "operators"]) {
    await test.office.primary.$client.execute(`delete from ${table}`);
  }
  const sms = { send: async (one: { to: string; message: string }) => (texts.push(one), { ok: true as const, messageId: "m" }) };
  parts = {
    office: test.office, directory, accounts: accountsOf(test.office), envelope: ENVELOPE, random, sms, clock: () => now,
    report: (error) => failures.push(error), filled: () => undefined,
  };
  ({ call } = await officeApi(test.office, { directory, parts: { applications: () => parts, licences: parts, invitations: () => parts } }));
});

const company = {
  name: "Mfano Bets Ltd", tradingName: "Mfano", registrationNumber: "PVT-ABC123", website: "https://mfano.test/", address: "P.O. Box 12345-00100, Nairobi",
  licenceType: "online_betting", kinds: ["msisdn"], declaredCustomers: 5_000,
};
const contact = { name: "Wanjiku Njeri", email: "wanjiku@mfano.test", phone: "0712 345 678" };
const applying = (json: object = {}, key: string = crypto.randomUUID()) =>
  call("POST", "/v1/operator-applications", { headers: { "idempotency-key": key }, json: { ...company, contact, ...json } });
const REASON = "The papers were seen and are in order";
const inDays = (days: number) => new Date(now + days * DAY).toISOString();
const step = (by: Somebody, reference: string, what: string, version: number, more: object = {}) =>
  call("POST", `/v1/operator-applications/${reference}/steps`, { headers: by.headers(), json: { step: what, version, reason: REASON, ...more } });

/** An application that one officer recommended and another confirmed; nothing of it is carried out yet. */
async function approved(json: object = {}): Promise<string> {
  const { reference } = (await applying(json)).body;
  expect((await step(people.first, reference, "recommend-approval", 1, { expiresAt: inDays(365), conditions: ["Keeps its accounts in Kenya"] })).response.status).toBe(200);
  expect((await step(people.second, reference, "confirm", 2)).body.state).toBe("approved");
  return reference;
}

/** The operator of an application that was carried out, its licence in the office's copy as Register has it. */
async function licensed(json: object = {}): Promise<{ operator: string; reference: string }> {
  const reference = await approved(json);
  await carryApplications(parts);
  const { operator } = (await test.office.primary.select().from(operatorApplications).where(eq(operatorApplications.reference, reference)).get())!;
  await copied(operator!);
  return { operator: operator!, reference };
}

const enrolled = () => [...directory.operators.keys()].slice(enrolledBefore);

const copied = (operator: string) => {
  const { id, name, state, requiredKinds, licensedUntil = null } = directory.operators.get(operator)!;
  return putOperators(test.office.primary, [{ id, name, state, requiredKinds, licensedUntil, enrolledAt: now, declaredCustomers: 0, generation: 1 }]);
};

/** What the log has of the office's acts on this. */
const actionsOn = async (resource: string): Promise<string[]> =>
  (await test.office.primary.select().from(auditEntries).where(eq(auditEntries.resource, resource)).orderBy(auditEntries.position).all()).map(({ action }) => action);

const act = (operator: string, what: string, version: number, more: object = {}, by = people.root) =>
  call("POST", `/v1/operators/${operator}/licence/steps`, { headers: by.headers(), json: { act: what, version, reason: REASON, ...more } });

describe("an application", () => {
  it("is received once for an Idempotency-Key, with what is of people sealed, and shows how it stands by its reference", async () => {
    const [first, again] = [await applying({}, "one"), await applying({}, "one")];
    expect([first.response.status, again.body]).toEqual([201, first.body]);
    expect((await applying({ name: "Else Ltd" }, "one")).body.type).toBe("/problems/idempotency-key-reused");
    expect(await test.office.primary.$count(operatorApplications)).toBe(1);
    const everything = JSON.stringify(await test.office.primary.select().from(operatorApplications).all())
      + JSON.stringify(await test.office.primary.select().from(auditEntries).all()) + JSON.stringify(await test.office.primary.$client.execute("select * from commands"));
    expect(everything).toContain("Mfano");
    expect(everything).not.toMatch(/Wanjiku|wanjiku|712345678|712 345/);
    const { reference } = first.body;
    expect((await call("GET", `/v1/operator-applications/${reference}/standing`)).body).toMatchObject({ reference, state: "received", reason: null });
    expect((await call("GET", "/v1/operator-applications/OA-0000000000/standing")).response.status).toBe(404);
  });

  it("is answered alike whoever's the phone is, and touches no account", async () => {
    const before = JSON.stringify([await test.office.primary.select().from(users).all(), await test.office.primary.select().from(roleAssignments).all()]);
    const answers = await Promise.all(["0712345678", "0722000001"].map((phone) => applying({ contact: { ...contact, phone } })));
    const shapes = answers.map(({ response, body }) => [response.status, Object.keys(body)]);
    expect(shapes[0]).toEqual(shapes[1]);
    for (const { body: { reference } } of answers) {
      await step(people.first, reference, "recommend-approval", 1, { expiresAt: inDays(365) });
      await step(people.second, reference, "confirm", 2);
    }
    await carryApplications(parts);
    expect(JSON.stringify([await test.office.primary.select().from(users).all(), await test.office.primary.select().from(roleAssignments).all()])).toBe(before);
    expect(await test.office.primary.$count(operatorInvitations)).toBe(2);
  });

  it.each([
    [{ name: "" }, "/name"], [{ name: "a\u0000b" }, "/name"], [{ name: "\ud800" }, "/name"], [{ name: "x".repeat(201) }, "/name"],
    [{ registrationNumber: "' OR 1=1 --" }, "/registrationNumber"], [{ website: "javascript:alert(1)" }, "/website"], [{ website: "ftp://a.test/" }, "/website"],
    [{ kinds: [] }, "/kinds"], [{ kinds: ["msisdn", "msisdn"] }, "/kinds"], [{ declaredCustomers: -1 }, "/declaredCustomers"], [{ licenceType: "any" }, "/licenceType"],
    [{ contact: { ...contact, phone: "abc" } }, "/contact/phone"], [{ contact: { ...contact, phone: "0201234567" } }, "/contact/phone"], [{ contact: { ...contact, email: "x" } }, "/contact/email"],
    [{ contact: { ...contact, name: "\u0000" } }, "/contact/name"],
  ])("with %j is refused at %s", async (json, pointer) => {
    const { response, body } = await applying(json);
    expect([response.status, body.errors[0].pointer]).toEqual([422, pointer]);
  });

  it.each(["Björk & Søn <b>Ltd</b>", "कंपनी", "شركة المثال", "💰 Bets", "Robert'); DROP TABLE users;--", "‮sdrawkcab"])("takes the name %s as it is", async (name) => {
    const { reference } = (await applying({ name })).body;
    expect((await call("GET", `/v1/operator-applications/${reference}`, { headers: people.auditor.headers() })).body.name).toBe(name);
  });

  it("is decided by two officers: the one who recommends does not confirm, and of two on one version one is told", async () => {
    const { reference } = (await applying()).body;
    expect((await step(people.first, reference, "confirm", 1)).response.status).toBe(409);
    expect((await step(people.first, reference, "review", 1)).body.state).toBe("in-review");
    expect((await step(people.first, reference, "recommend-approval", 2)).body.errors[0].pointer).toBe("/expiresAt");
    await step(people.first, reference, "recommend-approval", 2, { expiresAt: inDays(365) });
    expect((await step(people.first, reference, "confirm", 3)).response.status).toBe(409);
    expect((await step(people.second, reference, "recommend-refusal", 3)).response.status).toBe(409);
    expect((await step(people.auditor, reference, "confirm", 3)).response.status).toBe(403);
    const statuses = await Promise.all([people.second, people.root].map(async (by) => (await step(by, reference, "confirm", 3)).response.status));
    expect(statuses.toSorted()).toEqual([200, 409]);
    expect((await step(people.second, reference, "withdraw", 4)).response.status).toBe(409);
    expect(await actionsOn(`operator-application/${reference}`)).toEqual([
      "operator-application.received", "operator-application.reviewed", "operator-application.approval-recommended", "operator-application.decided",
    ]);
  });

  it("that is refused says why to whoever has its reference, and enrols nobody", async () => {
    const { reference } = (await applying()).body;
    await step(people.first, reference, "recommend-refusal", 1);
    const sent = await step(people.second, reference, "send-back", 2);
    expect([sent.body.state, sent.body.recommendation]).toEqual(["in-review", null]);
    await step(people.first, reference, "recommend-refusal", 3);
    await step(people.second, reference, "confirm", 4, { reason: "Its directors are disqualified" });
    expect((await call("GET", `/v1/operator-applications/${reference}/standing`)).body).toMatchObject({ state: "refused", reason: "Its directors are disqualified" });
    await carryApplications(parts);
    expect(enrolled()).toEqual([]);
  });

  it("has its contact read under an entry of the log, and forgotten a year after the decision", async () => {
    const { reference } = (await applying()).body;
    const read = () => call("POST", `/v1/operator-applications/${reference}/contact`, { headers: people.first.headers(), json: { reason: REASON } });
    expect((await read()).body).toEqual({ name: "Wanjiku Njeri", email: "wanjiku@mfano.test", phone: HOLDER, language: "en" });
    const entries = await test.office.primary.select().from(auditEntries).where(eq(auditEntries.resource, `operator-application/${reference}`)).all();
    expect(entries.map(({ action }) => action)).toEqual(["operator-application.received", "identity.read"]);
    await step(people.first, reference, "withdraw", 1);
    now += 366 * DAY;
    await sweepApplications(parts);
    expect((await read()).response.status).toBe(404);
  });
});

describe("an approval", () => {
  it("enrols the operator, issues its licence, tells Register until when, and invites its contact by SMS", async () => {
    const { operator, reference } = await licensed();
    const { body } = await call("GET", `/v1/operators/${operator}/licence`, { headers: people.auditor.headers() });
    expect(body).toMatchObject({
      type: "online_betting", standing: "in-force", conditions: ["Keeps its accounts in Kenya"], requiredKinds: ["msisdn"], history: [{ event: "issued", reason: REASON }], earlier: [], warnings: [],
    });
    expect(directory.operators.get(operator)).toMatchObject({ state: "active", licensedUntil: Date.parse(body.expiresAt), name: "Mfano Bets Ltd" });
    await carryInvitations(parts, (error) => failures.push(error));
    expect(texts).toEqual([{ to: HOLDER, message: expect.stringContaining("invited") }]);
    await carryApplications(parts);
    expect([enrolled().length, await test.office.primary.$count(licences)]).toEqual([1, 1]);
    expect((await call("GET", `/v1/operator-applications/${reference}`, { headers: people.first.headers() })).body).toMatchObject({ operator, ofCompany: 1 });
    expect(failures).toEqual([]);
  });

  it("that was killed between the enrolment and the office's commit goes on, and enrols nobody twice", async () => {
    const reference = await approved();
    await carryApplications({ ...parts, office: { ...test.office, primary: Object.assign(Object.create(test.office.primary), { $client: { batch: async () => Promise.reject(new Error("killed")) } }) } });
    expect([enrolled().length, await test.office.primary.$count(licences), failures.length]).toEqual([1, 0, 1]);
    await carryApplications(parts);
    expect([enrolled().length, await test.office.primary.$count(licences)]).toEqual([1, 1]);
    expect((await call("GET", `/v1/operator-applications/${reference}`, { headers: people.first.headers() })).body.operator).toBe(enrolled()[0]);
  });

  it("whose commit happened unheard is not done again; nor with Register away is anything lost", async () => {
    await approved();
    const { enrolOperator } = directory;
    directory.enrolOperator = async () => Promise.reject(new Error("away"));
    await carryApplications(parts);
    expect([failures.length, await test.office.primary.$count(licences)]).toEqual([1, 0]);
    directory.enrolOperator = enrolOperator;
    await carryApplications({ ...parts, office: unheard(test.office) });
    await carryApplications(parts);
    expect([await test.office.primary.$count(licences), await test.office.primary.$count(operatorInvitations)]).toEqual([1, 1]);
    // The unheard one did not come to tell Register: the minute's sweep does, by what the copy says.
    const operator = enrolled()[0]!;
    await copied(operator);
    expect(directory.operators.get(operator)!.licensedUntil).toBeUndefined();
    await sweepWords(parts);
    expect(directory.operators.get(operator)!.licensedUntil).toBe((await test.office.primary.select().from(licences).get())!.expiresAt);
  });
});

describe("a licence", () => {
  it("is suspended, reinstated, renewed and revoked, each with its line and told to Register at once", async () => {
    const { operator } = await licensed();
    const told = () => directory.operators.get(operator)!;
    expect((await act(operator, "suspend", 1)).body).toMatchObject({ state: "suspended", standing: "suspended" });
    expect(told().state).toBe("suspended");
    expect((await act(operator, "suspend", 2)).response.status).toBe(409);
    expect((await act(operator, "reinstate", 2)).body.standing).toBe("in-force");
    expect(told().state).toBe("active");
    expect((await act(operator, "renew", 3)).body.errors[0].pointer).toBe("/expiresAt");
    expect((await act(operator, "renew", 3, { expiresAt: inDays(100) })).response.status).toBe(422);
    const renewed = await act(operator, "renew", 3, { expiresAt: inDays(730), requiredKinds: ["msisdn", "national_id"] });
    expect(told()).toMatchObject({ licensedUntil: Date.parse(renewed.body.expiresAt), requiredKinds: ["msisdn", "national_id"] });
    expect((await act(operator, "amend", 4, { conditions: renewed.body.conditions })).response.status).toBe(409);
    expect((await act(operator, "revoke", 4)).body.standing).toBe("revoked");
    expect(told().state).toBe("suspended");
    expect((await act(operator, "reinstate", 5)).response.status).toBe(409);
    const { history } = (await call("GET", `/v1/operators/${operator}/licence`, { headers: people.root.headers() })).body;
    expect(history.map(({ event }: { event: string }) => event)).toEqual(["issued", "suspended", "reinstated", "renewed", "revoked"]);
    expect(history[3].expiresAt).toBe(renewed.body.expiresAt);
  });

  it("of two officers at once is acted on by one, and by nobody who may not", async () => {
    const { operator } = await licensed();
    const statuses = await Promise.all([people.root, people.root].map(async (by) => (await act(operator, "suspend", 1, {}, by)).response.status));
    expect(statuses.toSorted()).toEqual([200, 409]);
    for (const by of [people.first, people.auditor, await somebody(test.office, holding("operator_admin", operator))]) {
      expect((await act(operator, "reinstate", 2, {}, by)).response.status).toBe(403);
    }
  });

  it("that Register could not be told of is told within a minute, the newest word and no older", async () => {
    const { operator } = await licensed();
    const { setLicence } = directory;
    directory.setLicence = async () => Promise.reject(new Error("away"));
    expect((await act(operator, "suspend", 1)).response.status).toBe(200);
    expect([failures.length, directory.operators.get(operator)!.state]).toEqual([1, "active"]);
    directory.setLicence = setLicence;
    await sweepWords(parts);
    expect(directory.operators.get(operator)!.state).toBe("suspended");
    await copied(operator);
    const asked: unknown[] = [];
    await sweepWords({ ...parts, directory: { ...parts.directory, epochsOf: directory.epochsOf, setLicence: async (word) => (asked.push(word), { ok: true }) } });
    expect([asked, failures.length]).toEqual([[], 1]);
  });

  it("lapses by time itself, is listed so, and warns once at 90, 30, 7 and 1 days, whoever sweeps how often", async () => {
    const { operator } = await licensed();
    const phone = "+254722111222";
    const boss = await somebody(test.office, holding("operator_admin", operator), { phone });
    const { expiresAt } = (await test.office.primary.select().from(licences).get())!;
    for (const days of [91, 90, 60, 30, 29, 7, 1, 0.5]) {
      now = expiresAt - days * DAY;
      await Promise.all([sweepWarnings(parts), sweepWarnings(parts)]);
    }
    const { body } = await call("GET", `/v1/operators/${operator}/licence`, { headers: boss.headers() });
    expect(body.warnings.map(({ days }: { days: number }) => days)).toEqual([90, 30, 7, 1]);
    // An SMS goes out once at least.
    expect([texts.length >= 4, new Set(texts.map(({ to }) => to))]).toEqual([true, new Set([phone])]);
    const sent = texts.length;
    const entries = await test.office.primary.select().from(auditEntries).where(eq(auditEntries.action, "licence.expiry-warned")).all();
    expect(entries.filter(({ resource }) => resource === `operator/${operator}`).map(({ payload }) => JSON.parse(payload).days)).toEqual([90, 30, 7, 1]);
    const listed = async (query: string) => (await call("GET", `/v1/licences?${query}`, { headers: people.auditor.headers() })).body.items.map(({ operator: of }: { operator: string }) => of);
    expect([await listed("standing=lapsed"), await listed("expiringInDays=1"), await listed("standing=in-force")]).toEqual([[], [operator], [operator]]);
    now = expiresAt;
    expect([await listed("standing=lapsed"), await listed("standing=in-force")]).toEqual([[operator], []]);
    await sweepWarnings(parts);
    expect(texts).toHaveLength(sent);
    expect((await act(operator, "renew", 1, { expiresAt: inDays(365) })).body.standing).toBe("in-force");
    expect(failures).toEqual([]);
  });

  it("goes to an operator that was there before, and follows one that was revoked", async () => {
    const { body: { id } } = await call("POST", "/v1/operators", { headers: people.root.headers(), json: { name: "Old", requiredKinds: ["msisdn"] } });
    const issue = (more: object = {}) =>
      call("POST", `/v1/operators/${id}/licence`, { headers: people.root.headers(), json: { type: "lottery", requiredKinds: ["msisdn"], expiresAt: inDays(365), reason: REASON, ...more } });
    expect((await call("GET", `/v1/operators/${id}/licence`, { headers: people.root.headers() })).response.status).toBe(404);
    expect((await issue({ expiresAt: inDays(-1) })).response.status).toBe(422);
    const first = await issue();
    expect(first.response.status).toBe(201);
    expect((await issue()).response.status).toBe(409);
    await act(id, "revoke", 1);
    const second = await issue();
    expect(second.body).toMatchObject({ standing: "in-force", earlier: [{ number: first.body.number, state: "revoked" }] });
    expect(directory.operators.get(id)!.state).toBe("active");
    expect(await actionsOn(`operator/${id}`)).toEqual(["licence.issued", "licence.revoked", "licence.issued"]);
    expect(second.body.version).toBeGreaterThan(first.body.version);
    expect((await call("POST", "/v1/operators/nobody/licence", { headers: people.root.headers(), json: { type: "lottery", requiredKinds: ["msisdn"], expiresAt: inDays(9), reason: REASON } })).response.status).toBe(404);
  });

  it("is read by its own operator's people and the regulator's, with everything done to it, and by nobody else", async () => {
    const [{ operator }, { operator: other }] = [await licensed(), await licensed({ registrationNumber: "PVT-2" })];
    const own = await somebody(test.office, holding("operator_user", operator));
    now += 1_000;
    await act(operator, "suspend", 1);
    for (const path of ["licence", "history"]) {
      expect((await call("GET", `/v1/operators/${operator}/${path}`, { headers: own.headers() })).response.status).toBe(200);
      expect((await call("GET", `/v1/operators/${other}/${path}`, { headers: own.headers() })).response.status).toBe(403);
    }
    for (const path of ["/v1/licences", "/v1/operator-applications"]) expect((await call("GET", path, { headers: own.headers() })).response.status).toBe(403);
    const history = async (by: Somebody) => (await call("GET", `/v1/operators/${operator}/history`, { headers: by.headers() })).body.items;
    expect((await history(own)).map(({ action, by }: Record<string, string>) => [action, by])).toEqual([["licence.suspended", "user"], ["operator-application.carried-out", "system"]]);
    expect((await history(people.auditor))[0].by).toBe(`user:${people.root.userId}`);
  });

  it("with the office away changes nothing and says so", async () => {
    const away = await officeApi(NOWHERE, { directory, parts: { licences: { ...parts, office: NOWHERE } } });
    expect((await away.call("GET", "/v1/operator-applications/OA-0000000000/standing")).response.status).toBe(503);
    const { response } = await away.call("POST", "/v1/operator-applications", { headers: { "idempotency-key": "k" }, json: { ...company, contact } });
    expect(response.status).toBe(503);
  });
});

describe("an operator whose licence is not in force", () => {
  it("gets no token for a new identifier by any door, and all else as before", async () => {
    const { operator } = await licensed();
    const usage = () => ({ admitTokens: async () => ({ ok: true as const }), metTokens: async () => ({ ok: true as const }) });
    const register = { noteIssued: async () => ({ excluded: 0 }), canariesAmong: async () => [], excludedCount: async () => 0 };
    const quota = { floor: 10, share: 0, initial: 0 };
    const guard = new Guard({ usage, register, quotas: { direct: quota, blind: quota, trade: quota }, clock: () => now });
    const guarded = await officeApi(test.office, { directory, parts: { licences: parts, guard } });
    const made = await guarded.call("POST", `/v1/operators/${operator}/keys`, { headers: people.root.headers() });
    const headers = { authorization: `Bearer ${made.body.key}` };
    const elements = [Buffer.alloc(32).toString("base64url")];
    const outputs = [{ type: "msisdn", output: Buffer.alloc(64).toString("base64url") }];
    const doors = () => Promise.all([
      guarded.call("POST", "/v1/tokens", { headers, json: { identifiers: [{ type: "msisdn", value: "0712345678" }] } }),
      guarded.call("POST", "/v1/tokens/blind", { headers, json: { elements } }), guarded.call("POST", "/v1/tokens/trade", { headers, json: { outputs } }),
    ]);
    const [before] = await doors();
    expect((await doors()).map(({ response }) => response.status)).toEqual([200, 200, 200]);
    await act(operator, "suspend", 1);
    for (const { response, body } of await doors()) expect([response.status, body.type, body.detail]).toEqual([403, "/problems/licence-lapsed", expect.stringContaining("suspended or revoked")]);
    const { token } = before!.body.tokens[0];
    expect((await guarded.call("POST", "/v1/tokens/validate", { headers, json: { tokens: [token] } })).response.status).toBe(200);
    directory.operators.set(operator, { ...directory.operators.get(operator)!, state: "active", licensedUntil: Date.UTC(2026, 0, 1) });
    const [lapsed] = await doors();
    expect([lapsed!.body.type, lapsed!.body.detail]).toEqual(["/problems/licence-lapsed", expect.stringContaining("ended at 2026-01-01T00:00:00.000Z")]);
  });
});

describe("an invitation", () => {
  const mine = async (who: Somebody) => (await call("GET", "/v1/account/invitations", { headers: who.headers() })).body.invitations;
  const accept = async (who: Somebody, id: string) => (await call("POST", `/v1/account/invitations/${id}/acceptance`, { headers: who.headers() })).response.status;

  it("to the phone of an administrator changes nothing until they, signed in, accept; nobody else can", async () => {
    const { operator } = await licensed();
    const stranger = await somebody(test.office, holding("citizen"), { phone: "+254733000001" });
    await test.office.primary.update(users).set({ phoneProvenAt: 1 }).where(eq(users.id, stranger.userId));
    const [one] = await mine(people.citizen);
    expect(one).toMatchObject({ operator, role: "operator_admin", name: "Mfano Bets Ltd" });
    expect(await mine(stranger)).toEqual([]);
    expect(await accept(stranger, one.invitationId)).toBe(404);
    const holdings = async () => (await call("GET", "/v1/account", { headers: people.citizen.headers() })).body?.roles;
    expect(await holdings()).toEqual([{ role: "grak_admin", operator: null }]);
    const statuses = await Promise.all([accept(people.citizen, one.invitationId), accept(people.citizen, one.invitationId)]);
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    const held = await test.office.primary.select().from(roleAssignments).where(eq(roleAssignments.userId, people.citizen.userId)).all();
    expect(held.map(({ role, operator: of }) => [role, of]).toSorted()).toEqual([["grak_admin", ""], ["operator_admin", operator]]);
    // Tokens from before do not have the role by it.
    expect((await call("GET", "/v1/account", { headers: people.citizen.headers() })).response.status).toBe(401);
    expect((await test.office.primary.select().from(operatorInvitations).get())).toMatchObject({ state: "accepted", contact: null, phoneKey: null });
    expect(await actionsOn(`operator/${operator}`)).toContain("operator-invitation.accepted");
  });

  it("is not found by a phone that its account's holder did not prove, and lapses", async () => {
    const { operator } = await licensed({ contact: { ...contact, phone: "0744000001" } });
    const unproven = await somebody(test.office, holding("citizen"), { phone: "+254744000001" });
    expect(await mine(unproven)).toEqual([]);
    await test.office.primary.update(users).set({ phoneProvenAt: 1 }).where(eq(users.id, unproven.userId));
    const [one] = await mine(unproven);
    now += 15 * DAY;
    expect([await mine(unproven), await accept(unproven, one.invitationId)]).toEqual([[], 404]);
    await sweepInvitations(parts, (error) => failures.push(error));
    const list = await call("GET", `/v1/operators/${operator}/invitations`, { headers: people.auditor.headers() });
    expect(list.body.items).toMatchObject([{ state: "lapsed", name: null }]);
  });

  it("is made and taken back by the operator's own administrator alone, who reads of no other operator's", async () => {
    const [{ operator }, { operator: other }] = [await licensed(), await licensed({ registrationNumber: "PVT-2" })];
    const [boss, rival, user] = await Promise.all([somebody(test.office, holding("operator_admin", operator)), somebody(test.office, holding("operator_admin", other)), somebody(test.office, holding("operator_user", operator))]);
    const invite = (by: Somebody, of: string, role = "operator_admin") =>
      call("POST", `/v1/operators/${of}/invitations`, { headers: by.headers(), json: { role, person: { ...contact, phone: "0755000001" } } });
    const made = await invite(boss, operator);
    expect(made.response.status).toBe(201);
    expect(Object.keys(made.body)).toEqual(["invitationId", "expiresAt"]);
    for (const [by, of] of [[rival, operator], [user, operator], [people.first, operator], [people.auditor, operator]] as const) expect((await invite(by, of)).response.status).toBe(403);
    expect((await invite(people.root, "nobody")).response.status).toBe(404);
    expect((await invite(boss, operator, "super_admin")).response.status).toBe(422);
    const withdraw = async (by: Somebody, of: string) => (await call("DELETE", `/v1/operators/${of}/invitations/${made.body.invitationId}`, { headers: by.headers() })).response.status;
    expect([await withdraw(rival, operator), await withdraw(rival, other), await withdraw(boss, operator), await withdraw(boss, operator)]).toEqual([403, 404, 204, 204]);
    expect(await actionsOn(`operator/${operator}`)).toEqual(expect.arrayContaining(["operator-invitation.made", "operator-invitation.withdrawn"]));
    expect((await call("GET", `/v1/operators/${operator}/members`, { headers: rival.headers() })).response.status).toBe(403);
    expect((await call("GET", `/v1/operators/${operator}/members`, { headers: boss.headers() })).body.items).toHaveLength(2);
  });

  it("is told of once to a phone whose SMS was not taken at first", async () => {
    await licensed();
    let tries = 0;
    const deaf = { ...parts, sms: { send: async () => (tries++, { ok: false as const, reason: "busy" }) } };
    await carryInvitations(deaf, (error) => failures.push(error));
    expect([tries, failures.length, await test.office.primary.$count(events)]).toEqual([1, 1, 1]);
    await carryInvitations(parts, (error) => failures.push(error));
    expect([texts.length, await test.office.primary.$count(events)]).toEqual([1, 0]);
  });
});

describe("a member", () => {
  const put = async (by: Somebody, operator: string, { userId }: Somebody, role: string) =>
    (await call("PUT", `/v1/operators/${operator}/members/${userId}`, { headers: by.headers(), json: { role } })).response.status;
  const remove = async (by: Somebody, operator: string, { userId }: Somebody) => (await call("DELETE", `/v1/operators/${operator}/members/${userId}`, { headers: by.headers() })).response.status;
  const rolesOf = async ({ userId }: Somebody) => (await test.office.primary.select().from(roleAssignments).where(eq(roleAssignments.userId, userId)).all()).map(({ role, operator }) => `${role} ${operator}`).toSorted();

  it("is given another role or none by their administrator, and keeps what else they are", async () => {
    const { operator } = await licensed();
    const boss = await somebody(test.office, holding("operator_admin", operator));
    const both = await somebody(test.office, [...holding("citizen"), ...holding("operator_user", operator), ...holding("operator_user", "op99")]);
    expect(await put(boss, operator, both, "operator_admin")).toBe(204);
    expect(await rolesOf(both)).toEqual(["citizen ", "operator_admin " + operator, "operator_user op99"]);
    expect([await put(boss, operator, both, "operator_admin"), await put(boss, operator, both, "api_user")]).toEqual([204, 204]);
    expect(await remove(boss, operator, both)).toBe(204);
    expect(await rolesOf(both)).toEqual(["citizen ", "operator_user op99"]);
    expect(await remove(boss, operator, both)).toBe(404);
    expect((await actionsOn(`operator/${operator}`)).slice(-3)).toEqual(["operator-member.changed", "operator-member.changed", "operator-member.removed"]);
  });

  it("of another operator is as unknown as nobody, and nobody changes themself", async () => {
    const { operator } = await licensed();
    const [boss, stranger] = [await somebody(test.office, holding("operator_admin", operator)), await somebody(test.office, holding("operator_user", "op99"))];
    expect([await put(boss, operator, stranger, "api_user"), await remove(boss, operator, stranger), await remove(boss, operator, people.root)]).toEqual([404, 404, 404]);
    expect([await put(boss, operator, boss, "operator_user"), await remove(boss, operator, boss)]).toEqual([403, 403]);
    expect(await remove(boss, "op99", stranger)).toBe(403);
  });

  it("who is the last administrator stays one, also where two remove each other at once", async () => {
    const { operator } = await licensed();
    const [one, two] = await Promise.all([1, 2].map(() => somebody(test.office, holding("operator_admin", operator))));
    const statuses = await Promise.all([remove(one!, operator, two!), remove(two!, operator, one!)]);
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    const left = [...(await rolesOf(one!)), ...(await rolesOf(two!))];
    expect(left).toEqual([`operator_admin ${operator}`]);
    const last = (await rolesOf(one!)).length > 0 ? one! : two!;
    expect([await remove(people.root, operator, last), await put(people.root, operator, last, "operator_user")]).toEqual([409, 409]);
    // Whatever was read before: the row itself is not taken.
    const rows = [{ exactlyOne: takeOperatorRole(test.office.primary, last.userId, { role: "operator_admin", operator }) }];
    const audit = { action: "test.taken", resource: "test", payload: {} };
    expect(await commit(test.office, { actor: { kind: "system", id: "test", origin: null }, rows, audit, answer: {} }, { now, random })).toEqual({ ok: false, refusal: "conflict" });
  });
});
