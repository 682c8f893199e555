import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { Grants } from "../../src/domains/authentication/index.ts";
import { exclusions } from "../../src/domains/exclusions/office/tables.ts";
import type { KeepingReason } from "../../src/domains/exclusions/persons-rpc.ts";
import { ask, requests } from "../../src/domains/users/rights/citizen.ts";
import { decide, readForOfficer } from "../../src/domains/users/rights/decide.ts";
import { sweepRequests, tellPersons } from "../../src/domains/users/rights/deliver.ts";
import type { CitizenRightsParts } from "../../src/domains/users/rights/parts.ts";
import { isAbout, REQUEST_KINDS, type RequestKind, SUBJECTS_OF } from "../../src/domains/users/rights/model.ts";
import { dueAt } from "../../src/domains/users/rights/rules.ts";
import { PersonExportSchema } from "../../src/domains/users/rights/schema.ts";
import { BY_URGENCY, requestByReference, type RequestFilter, requestsBy } from "../../src/domains/users/rights/store.ts";
import { dataRequests, erasedPersons } from "../../src/domains/users/rights/tables.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { DAY, MINUTE } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { auditEntries, events } from "../../src/office/tables.ts";
import { testOffice } from "../support/office.ts";
import { UNTOUCHED } from "../support/exclusions.ts";

const test = testOffice();
const officer = systemActor("officer");
const PERSON = "00000000-0000-7000-8000-0000000000aa";
const NOW = Date.UTC(2026, 10, 4, 11, 30);
const LISTED = {
  id: "e", reference: "NSER-1", personId: PERSON, state: "ended", policy: "24h", policyVersion: 1, endMode: "automatic", channel: "web", startedAt: 1,
  endsAt: 2, ...UNTOUCHED, endedAt: 2, identifiers: [] as [], generation: 1,
} as const;
const PHONE = new Uint8Array(16).fill(1);

/** A register and a vault that say what a test wants, and remember what they were told. */
const world = { now: NOW, keeps: null as KeepingReason | null, holder: PERSON as string | null, broken: false, ended: false, calls: [] as string[], said: new Map<string, string>() };
const grants = new Grants(new Uint8Array(32), () => world.now, random);

const parts = (): CitizenRightsParts => ({
  office: test.office,
  grants,
  clock: () => world.now,
  random,
  eventsFilled: () => {},
  cases: async () => [],
  register: {
    holderOf: async () => world.holder,
    exclusionsOf: async () => [],
    historyOf: async () => null,
    tokenHoldings: async () => ({ askedSince: null, holdings: [{ operator: "acme01", kind: "msisdn", source: "issued", firstAt: 1, lastAt: 2 }] }),
    watchHoldings: async (_, wanted) => void world.calls.push(`watchHoldings ${wanted}`),
    forget: async () => (world.keeps ? { ok: false, ...world.keeps } : { ok: true }),
  },
  person: () => {
    if (world.broken) throw new Error("the vault is away");
    const note = (verb: string) => void world.calls.push(verb);
    return {
      hasEnded: async () => world.ended,
      export: async () => ({
        vault: [], shreds: [], identifiers: [], identifierEvidence: [], verifications: [], records: [], consents: [], accepted: [], checks: [], identityReads: [],
        endedVisits: [], notices: [], messages: [], statements: [], audit: [],
      }),
      speak: async (locale, { kind }) => note(`speak ${locale} ${kind}`),
      keepStatement: async ({ reference, text }) => void world.said.set(reference, text),
      statement: async (reference) => world.said.get(reference) ?? null,
      tell: async ({ id }) => note(`tell ${id.length}`),
      eraseExtras: async ({ kind, id }) => note(`eraseExtras ${kind}:${id}`),
      erase: async () => note("erase"),
    };
  },
});

/** A form as the page sends it: of a kind that has subjects, about something else. */
async function form(kind: RequestKind) {
  const grant = await grants.issue({ phone: PHONE, maskedPhone: "", personId: PERSON });
  return { grant, formId: crypto.randomUUID() as string, kind, locale: "en", ...(isAbout(kind) ? { subject: "other", statement: "wrong" } : { subject: null, statement: "" }) };
}
const asked = async (more: object = {}) => ask(parts(), { ...(await form("rectification")), ...more });
const DECIDED = REQUEST_KINDS.filter(isAbout);

beforeEach(async () => {
  Object.assign(world, { now: NOW, keeps: null, holder: PERSON, broken: false, ended: false, calls: [] });
  for (const table of [dataRequests, events, erasedPersons]) await test.office.primary.delete(table);
});

describe("a request", () => {
  it.each(DECIDED)("for %s is taken once however often its form is sent, and another one under the same id is refused", async (kind) => {
    const sent = await form(kind);
    const [first, second] = [await ask(parts(), sent), await ask(parts(), sent)];
    expect(first).toMatchObject({
      ok: true, document: null, request: { kind, subject: "other", state: "received", decidedAt: null, dueAt: dueAt(kind, NOW), reference: expect.stringMatching(/^DR-[0-9A-Z]{10}$/) },
    });
    expect(second).toEqual(first);
    for (const other of [{ statement: "other" }, { subject: SUBJECTS_OF[kind][2] }, await form("access"), await form("erasure")]) {
      expect(await ask(parts(), { ...sent, ...other, grant: sent.grant, formId: sent.formId })).toEqual({ ok: false, refusal: "form-reused" });
    }
    expect(await requests(parts(), sent.grant)).toMatchObject({ ok: true, requests: [{ state: "received" }] });
  });

  it.each(["access", "portability"] as const)("for %s is answered at once with everything, on its own clock, and again with the same reference", async (kind) => {
    const sent = await form(kind);
    const [first, second] = [await ask(parts(), sent), await ask(parts(), sent)];
    expect(first).toMatchObject({ ok: true, request: { kind, subject: null, state: "answered", decidedAt: NOW, dueAt: dueAt(kind, NOW) } });
    const documents = [first, second].map((one) => PersonExportSchema.parse(JSON.parse((one as Extract<typeof one, { ok: true }>).document!)));
    expect(documents.map(({ requests }) => requests.length)).toEqual([0, 1]);
    expect(documents[0]!.tokenHoldings).toMatchObject({ askedSince: null, holdings: [{ operator: "acme01", lastAt: "1970-01-01T00:00:00.002Z" }] });
    expect(await requests(parts(), sent.grant)).toMatchObject({ requests: [{ kind }] });
    expect((second as Extract<typeof second, { ok: true }>).request).toEqual((first as Extract<typeof first, { ok: true }>).request);
  });

  it("for a copy that cannot be gathered is not noted as answered", async () => {
    world.broken = true;
    await expect(ask(parts(), await form("portability"))).rejects.toThrow("the vault is away");
    expect(await test.office.primary.select().from(dataRequests).all()).toEqual([]);
  });

  it.each(DECIDED)("for %s is about something on its list, and of a kind there is", async (kind) => {
    const subjects = [null, "", "erasure", "__proto__", kind === "rectification" ? "checks" : "language"];
    for (const subject of subjects) expect(await ask(parts(), { ...(await form(kind)), subject })).toEqual({ ok: false, refusal: "subject-unknown" });
    for (const wrong of ["", "Access", "constructor", "toString"]) expect(await ask(parts(), { ...(await form(kind)), kind: wrong })).toEqual({ ok: false, refusal: "subject-unknown" });
    expect(await ask(parts(), { ...(await form("access")), subject: "other", statement: "x" })).toEqual({ ok: false, refusal: "subject-unknown" });
    expect(await test.office.primary.select().from(dataRequests).all()).toEqual([]);
  });

  it("is nobody's whose phone is somebody else's by now, or whose visit was ended", async () => {
    for (const lost of [{ holder: "00000000-0000-7000-8000-0000000000bb" }, { holder: PERSON, ended: true }]) {
      Object.assign(world, lost);
      for (const kind of REQUEST_KINDS) expect(await ask(parts(), await form(kind))).toEqual({ ok: false, refusal: "grant-invalid" });
    }
    expect(await requests(parts(), (await form("access")).grant)).toEqual({ ok: false, refusal: "grant-invalid" });
  });

  it("of another language is answered at once, by the vault itself", async () => {
    expect(await asked({ subject: "language", statement: "", locale: "ar" })).toMatchObject({ ok: true, request: { state: "answered" } });
    expect(world.calls).toEqual(["speak ar citizen"]);
  });

  it.each(["", "   ", "x".repeat(1_001), "half \ud800 a pair"])("without a text that can be read is refused: %j", async (statement) => {
    expect(await asked({ statement })).toEqual({ ok: false, refusal: "statement-missing" });
  });

  it.each(["'; DROP TABLE dataRequests; --", "<script>alert(1)</script>", "\u0000\u202e", "𝕎anjiku 🇰🇪", "${7*7}"])("keeps what was said in the vault alone: %j", async (statement) => {
    await asked({ statement: `x${statement}` });
    const rows = [await test.office.primary.select().from(dataRequests).all(), await test.office.primary.select().from(auditEntries).all()];
    expect(JSON.stringify(rows)).not.toContain(JSON.stringify(statement).slice(1, -1));
    expect([...world.said.values()]).toContain(`x${statement}`.trim());
  });

  it("for everything, or to erase it, needs a code proven within five minutes; of nobody's phone there is nothing", async () => {
    const old = await Promise.all(REQUEST_KINDS.map(form));
    world.now += 5 * MINUTE + 1_000;
    for (const sent of old.filter(({ kind }) => !isAbout(kind))) expect(await ask(parts(), sent)).toEqual({ ok: false, refusal: "proof-too-old" });
    world.holder = null;
    for (const kind of REQUEST_KINDS) expect(await ask(parts(), await form(kind))).toEqual({ ok: false, refusal: "nothing-held" });
    for (const sent of old) expect(await ask(parts(), { ...sent, grant: "no" })).toEqual({ ok: false, refusal: "grant-invalid" });
    expect(await test.office.primary.select().from(dataRequests).all()).toEqual([]);
    world.holder = PERSON;
    for (const sent of old.filter(({ kind }) => isAbout(kind))) expect(await ask(parts(), sent)).toMatchObject({ ok: true });
  });
});

describe("an erasure", () => {
  it("of somebody nothing must be kept of is done, says when it is complete, and is on the list", async () => {
    await test.office.primary.insert(exclusions).values(LISTED);
    expect(await ask(parts(), await form("erasure"))).toMatchObject({ ok: true, request: { state: "answered", reasons: [], completeAt: NOW + 31 * DAY } });
    expect(await test.office.primary.select().from(exclusions).all()).toEqual([]);
    expect(await test.office.primary.select().from(erasedPersons).all()).toEqual([{ personId: PERSON }]);
    await tellPersons(parts(), () => {});
    expect(world.calls).toEqual(["erase"]);
    expect(await test.office.primary.select().from(events).all()).toEqual([]);
  });

  it("leaves what an exclusion needs, says why, and takes the rest when it may, by itself", async () => {
    world.keeps = { refusal: "exclusion-active", until: NOW + DAY };
    const done = await ask(parts(), await form("erasure"));
    expect(done).toMatchObject({ ok: true, request: { state: "answered", reasons: ["exclusion-active"], completeAt: null } });
    await sweepRequests(parts(), () => {}, () => {});
    expect(world.calls).toEqual(["watchHoldings false", "eraseExtras system:data-requests", "tell 36"]);
    world.now = NOW + DAY + 1;
    world.keeps = { refusal: "retention-runs", until: NOW + 7 * 365 * DAY };
    await sweepRequests(parts(), () => {}, () => {});
    expect(await requests(parts(), (await form("erasure")).grant)).toMatchObject({ requests: [{ reasons: ["retention-runs"] }] });
    world.now = NOW + 7 * 365 * DAY + 1;
    world.keeps = null;
    await sweepRequests(parts(), () => {}, () => {});
    expect(world.calls.slice(3)).toEqual(["erase"]);
  });

  it("goes on after its vault was away, and is told at least once", async () => {
    await ask(parts(), await form("erasure"));
    world.broken = true;
    const failures: unknown[] = [];
    await tellPersons(parts(), (error) => failures.push(error));
    expect([failures.length, (await test.office.primary.select().from(events).all()).length]).toEqual([1, 1]);
    world.broken = false;
    await sweepRequests(parts(), () => {}, () => {});
    expect(world.calls).toEqual(["erase"]);
  });
});

describe("an officer", () => {
  it("decides once: of two on the same version one is refused, and the person is told", async () => {
    const made = await asked();
    const { reference } = made.ok ? made.request : { reference: "" };
    const decision = { step: "refuse" as const, reasons: ["already-correct" as const], version: 1 };
    const both = await Promise.all([decide(parts(), officer, reference, decision), decide(parts(), officer, reference, { ...decision, step: "answer", reasons: [] })]);
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ refusal: expect.stringMatching(/conflict|decided-already/) });
    await tellPersons(parts(), () => {});
    expect(world.calls).toEqual(["tell 36"]);
    expect(await decide(parts(), officer, "DR-0000000000", decision)).toEqual({ ok: false, refusal: "request-unknown" });
  });

  it("refuses to have operators not told of an exclusion, and answers for another use", async () => {
    for (const kind of ["restriction", "objection"] as const) {
      const [checks, messages] = await Promise.all(["checks", "messages"].map(async (subject) => ask(parts(), { ...(await form(kind)), subject, statement: "why" })));
      const reference = (made: typeof checks) => (made!.ok ? made!.request.reference : "");
      const answer = { step: "answer" as const, reasons: [], version: 1 };
      expect(await decide(parts(), officer, reference(checks), answer)).toEqual({ ok: false, refusal: "statutory-record" });
      expect(await decide(parts(), officer, reference(checks), { ...answer, step: "refuse", reasons: ["exclusion-active"] })).toMatchObject({ ok: true, request: { state: "refused" } });
      expect(await decide(parts(), officer, reference(messages), answer)).toMatchObject({ ok: true, request: { state: "answered" } });
      const told = await test.office.primary.select().from(auditEntries).where(eq(auditEntries.resource, `data-request/${reference(messages)}`)).all();
      expect(told.map(({ action, payload }) => [action, JSON.parse(payload).before])).toEqual([["data-request.received", undefined], ["data-request.answered", { state: "received" }]]);
      expect(await decide(parts(), officer, reference(messages), answer)).toEqual({ ok: false, refusal: "decided-already" });
    }
  });

  it("reads what was said only with an entry in the audit log", async () => {
    const made = await asked({ statement: "Wanjiku" });
    const row = (await requestByReference(test.office, made.ok ? made.request.reference : ""))!;
    expect(await readForOfficer(parts(), officer, row)).toBe("Wanjiku");
    const entries = await test.office.primary.select().from(auditEntries).where(eq(auditEntries.resource, `data-request/${row.reference}`)).all();
    expect(entries.map(({ action }) => action)).toEqual(["data-request.received", "data-request.statement-read"]);
  });

  it("sees the most urgent first, filtered by state, kind and day", async () => {
    for (const days of [3, 1, 2]) {
      world.now = NOW + days * DAY;
      await asked();
    }
    const found = async (filter: RequestFilter) => (await requestsBy(test.office, filter, { order: BY_URGENCY.dueAt, limit: 9, after: null })).rows;
    const dues = (await found({})).map(({ dueAt }) => dueAt);
    expect([dues.length, dues]).toEqual([3, dues.toSorted((a, b) => a - b)]);
    expect(await found({ dueBefore: dues[1]! })).toHaveLength(1);
    expect(await found({ kind: "erasure" })).toHaveLength(0);
    expect(await found({ state: "answered" })).toHaveLength(0);
  });

  it("hears once a day of what is overdue", async () => {
    await asked();
    const lines: object[] = [];
    const sweepAt = (now: number) => {
      world.now = now;
      return sweepRequests(parts(), () => {}, (_, facts) => lines.push(facts));
    };
    const midnight = Date.parse("2026-11-30T00:00:00+03:00");
    await sweepAt(midnight - 1);
    await sweepAt(midnight + 20_000);
    await sweepAt(midnight + MINUTE);
    expect(lines).toEqual([{ "requests.overdue": 1, "requests.oldestDueAt": "2026-11-18T20:59:59.999Z" }]);
  });
});
