import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Sms } from "../../../src/adapters/sms/port.ts";
import type { Visit } from "../../../src/domains/authentication/index.ts";
import type { Delivery, Statement } from "../../../src/domains/exclusions/outbox.ts";
import { type Document, sealIdentity } from "../../../src/domains/users/index.ts";
import type { PersonApi } from "../../../src/domains/users/rpc.ts";
import { type Details, NO_DETAILS } from "../../../src/domains/users/vault/model.ts";
import type { VaultApi } from "../../../src/domains/users/vault/rpc.ts";
import type { ShownText } from "../../../src/i18n/texts.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../../src/kernel/clock.ts";
import { random } from "../../../src/objects/shell.ts";
import { Envelope, parseBoxKeys } from "../../../src/sealing/envelope.ts";
import { fault } from "../register/support.ts";
import { START } from "./doubles.ts";

const PHONE = "+254712345678";
const ID: Document = { kind: "national_id", typed: "01 234 567", canonical: "1234567" };
const PROVEN: Statement = { kind: "msisdn", evidence: "code", provisionalUntil: null };
const NAMES = ["Wanjirũ wa Ng'ang'a", "أمينة عبد الله", "👩‍👩‍👧 X", "'; DROP TABLE records;--", "x".repeat(10_240)];
const CONTACT = { name: "Otieno Ochieng", phone: "+254 733 000 111" };

const envelope = new Envelope(parseBoxKeys((env as unknown as { BOX_KEYS: string }).BOX_KEYS), random);

type PersonDouble = PersonApi & VaultApi & { setNow(now: Instant): Promise<void>; setProvider(outcome: "refused"): Promise<void>; messages(): Promise<Sms[]> };

function aPerson() {
  const personId = crypto.randomUUID();
  const stub = env.PERSON.getByName(personId);
  const api = stub as unknown as PersonDouble;
  const visit: Visit = { id: crypto.randomUUID(), provenAt: START, endsAt: START + 15 * MINUTE };
  const identity = (
    { document = null as Document | null, createdAt = START, statements = [PROVEN], accepted = [] as ShownText[] } = {},
  ): Delivery => {
    const commandId = crypto.randomUUID();
    const box = sealIdentity(envelope, commandId, { phone: PHONE, document, name: null, dateOfBirth: null, locale: "sw", accepted });
    return { id: crypto.randomUUID(), personId, createdAt, topic: "identity", commandId, box, statements };
  };
  const notice = (createdAt: Instant): Delivery => ({
    id: crypto.randomUUID(), personId, createdAt, topic: "notice",
    notice: { template: "exclusion-started", reference: "NSER-0123456789", policy: "24h", endMode: "automatic", startedAt: START, endsAt: START + DAY },
  });
  const rows = (query: string) => runInDurableObject(stub, (_, state) => state.storage.sql.exec(query).toArray());
  const overview = async (during = visit) => {
    const answer = await api.overview(during);
    if (!answer.ok) throw new Error(answer.refusal);
    return answer.overview;
  };
  const change = (version: number, details: Partial<Details>) => api.changeDetails(visit, { version, details: { ...NO_DETAILS, ...details }, locale: "sw" });
  const settle = async () => {
    await runInDurableObject(stub, () => scheduler.wait(5));
    return (await api.messages()).length;
  };
  return { api, stub, visit, identity, notice, rows, overview, change, settle };
}

/** Every value of every table, as whoever holds the storage reads it. */
const everything = async ({ rows }: ReturnType<typeof aPerson>): Promise<string> => {
  const tables = await rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'");
  const values = (await Promise.all(tables.map(({ name }) => rows(`SELECT * FROM "${String(name)}"`)))).flat().flatMap((row) => Object.values(row));
  return values.map((value) => (value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value) : String(value))).join();
};

describe("a person's details", () => {
  it("stand as they were last written, each change with its time, and nothing of them in clear", async () => {
    const person = aPerson();
    const { api, identity, overview, change, rows } = person;
    await api.accept(identity());
    expect((await overview()).details).toEqual({ version: 0, value: null, changedAt: null });
    for (const [version, name] of NAMES.entries()) {
      await api.setNow(START + version);
      expect(await change(version, { name, preferredName: name, dateOfBirth: "1990-03-27", county: "047" })).toEqual({ ok: true });
      expect((await overview()).details).toMatchObject({ version: version + 1, value: { name, preferredName: name }, changedAt: START + version });
    }
    await api.changeContact(person.visit, { version: 0, contact: CONTACT });
    expect(await everything(person)).not.toMatch(/Wanjir|Ng'ang|DROP TABLE|xxxx|1990|Otieno|733 000|712345678/);
    const kept = await rows("SELECT at, sealed IS NULL AS gone FROM records WHERE record = 'details' ORDER BY version");
    expect(kept).toEqual(NAMES.map((_, at) => ({ at: START + at, gone: at < NAMES.length - 1 ? 1 : 0 })));
  });

  it("are changed by one of two writers; the other is told, and the same change again is none", async () => {
    const { api, identity, overview, change } = aPerson();
    await api.accept(identity());
    const answers = await Promise.all([change(0, { name: "Amina" }), change(0, { name: "Barasa" })]);
    expect(answers).toEqual([{ ok: true }, { ok: false, refusal: "changed-meanwhile" }]);
    expect(await change(0, { name: "Amina" })).toEqual({ ok: true });
    expect((await overview()).details).toMatchObject({ version: 1, value: { name: "Amina" } });
    expect(await change(7, { name: "Barasa" })).toMatchObject({ ok: false });
  });

  it("do not open in another place", async () => {
    const { api, identity, visit, change, rows } = aPerson();
    await api.accept(identity());
    await change(0, { name: "Amina" });
    await rows("UPDATE records SET version = 9");
    expect(await fault(() => api.overview(visit))).toContain("invalid tag");
  });
});

describe("an emergency contact", () => {
  it("is added, changed and removed, and leaves only times", async () => {
    const { api, identity, visit, overview, rows } = aPerson();
    await api.accept(identity());
    await api.changeContact(visit, { version: 0, contact: CONTACT });
    await api.changeContact(visit, { version: 1, contact: { ...CONTACT, name: "أمينة" } });
    expect((await overview()).contact).toMatchObject({ version: 2, value: { name: "أمينة" } });
    expect(await api.changeContact(visit, { version: 1, contact: null })).toEqual({ ok: false, refusal: "changed-meanwhile" });
    expect(await api.changeContact(visit, { version: 2, contact: null })).toEqual({ ok: true });
    expect((await overview()).contact).toEqual({ version: 3, value: null, changedAt: START });
    expect(await rows("SELECT sealed FROM records WHERE record = 'contact' AND sealed IS NOT NULL")).toEqual([]);
  });
});

describe("an identifier", () => {
  it("tells when it was stated, by which evidence, and how it stands as time goes by", async () => {
    const { api, identity, overview } = aPerson();
    const until = START + 14 * DAY;
    const statements: Statement[] = [PROVEN, { kind: "national_id", evidence: "typed", provisionalUntil: until }];
    await api.accept(identity({ document: ID, statements }));
    await api.accept(identity({ createdAt: START + HOUR }));
    const shown = async () => (await overview()).identifiers.map(({ masked, standing }) => [masked, standing]);
    expect((await overview()).identifiers[0]!.history.map(({ evidence, at }) => [evidence, at])).toEqual([["code", START], ["code", START + HOUR]]);
    expect((await overview()).identifiers[1]!.history).toEqual([{ evidence: "typed", at: START, provisionalUntil: until }]);
    expect(await shown()).toEqual([["+254 7•• ••• 678", "firm"], ["••••567", "provisional"]]);
    await api.setNow(until);
    expect(await shown()).toEqual([["+254 7•• ••• 678", "firm"], ["••••567", "dropped"]]);
  });

  it("is never shed: nothing a visit can do takes one away", async () => {
    const { api, identity, visit, change, rows } = aPerson();
    await api.accept(identity({ document: ID }));
    const before = await rows("SELECT position, kind, hex(sealed) FROM identifiers");
    await change(0, { name: "Amina" });
    await api.changeContact(visit, { version: 0, contact: null });
    await api.markRead(visit, START);
    await api.endVisit(visit);
    expect(await rows("SELECT position, kind, hex(sealed) FROM identifiers")).toEqual(before);
  });

  it("of a delivery of the release before, which says nothing of it, is kept all the same", async () => {
    const { api, identity, overview } = aPerson();
    const { statements: _, ...before } = identity() as Extract<Delivery, { topic: "identity" }>;
    await api.accept(before as Delivery);
    expect((await overview()).identifiers).toMatchObject([{ kind: "msisdn", history: [] }]);
  });
});

it("what a person agreed to is kept with version, language and time, once a command", async () => {
  const { api, identity, overview } = aPerson();
  const delivery = identity({ accepted: [{ text: "terms", version: 1 }, { text: "privacy", version: 2 }] });
  await api.accept(delivery);
  await api.accept(delivery);
  const more = { locale: "sw", at: START };
  expect((await overview()).consents).toEqual([{ text: "terms", version: 1, ...more }, { text: "privacy", version: 2, ...more }]);
});

describe("the inbox", () => {
  it("keeps what no SMS brought, newest first, and marks what was seen and nothing newer", async () => {
    const { api, identity, notice, visit, overview, settle, stub } = aPerson();
    await api.setProvider("refused");
    await api.accept(identity());
    await api.accept(notice(START));
    for (const minutes of [0, 1, 3, 7, 8]) {
      await settle();
      await api.setNow(START + minutes * MINUTE);
      await runDurableObjectAlarm(stub);
    }
    await api.accept(notice(START + HOUR));
    const inbox = async () => (await api.inbox(visit) as { notices: { at: Instant; sms: string; readAt: Instant | null }[] }).notices.map(({ at, sms, readAt }) => [at, sms, readAt]);
    expect(await inbox()).toEqual([[START + HOUR, "queued", null], [START, "failed", null]]);
    await api.markRead(visit, START);
    await api.setNow(START + DAY);
    await api.markRead(visit, START);
    expect(await inbox()).toMatchObject([[START + HOUR, "queued", null], [START, "failed", START + 8 * MINUTE]]);
    expect((await overview()).unread).toBe(1);
  });

  it("fills at night without an SMS for who wants none then, and the SMS goes in the morning", async () => {
    const { api, identity, notice, change, settle, stub, visit } = aPerson();
    const [midnight, seven] = [START - 3 * HOUR, START + 4 * HOUR];
    await api.setNow(midnight);
    await api.accept(identity());
    await change(0, { quietNights: true });
    await api.accept(notice(midnight));
    expect(await settle()).toBe(0);
    expect(await api.inbox(visit)).toMatchObject({ notices: [{ sms: "queued" }] });
    await api.setNow(seven - 1);
    await runDurableObjectAlarm(stub);
    expect(await settle()).toBe(0);
    await api.setNow(seven);
    await runDurableObjectAlarm(stub);
    expect(await settle()).toBe(1);
  });
});

describe("a visit", () => {
  it("that was ended opens nothing, while others go on", async () => {
    const { api, identity, visit, overview, change } = aPerson();
    await api.accept(identity());
    await api.endVisit(visit);
    await api.endVisit(visit);
    const refused = { ok: false, refusal: "visit-ended" };
    const answers = [await api.overview(visit), await api.inbox(visit), await api.accessList(visit), await api.markRead(visit, START), await change(0, { name: "Amina" })];
    for (const answer of answers) expect(answer).toEqual(refused);
    expect(await api.changeContact(visit, { version: 0, contact: CONTACT })).toEqual(refused);
    expect((await overview({ ...visit, id: "another" })).details.version).toBe(0);
  });

  it("is forgotten once it would be over anyway", async () => {
    const { api, visit, rows } = aPerson();
    await api.endVisit(visit);
    await api.setNow(visit.endsAt);
    await api.endVisit({ ...visit, id: "another", endsAt: visit.endsAt + 1 });
    expect(await rows("SELECT id FROM endedVisits")).toEqual([{ id: "another" }]);
  });

  it("finds nothing where nothing is kept, and writes nothing", async () => {
    const { api, visit, rows, change } = aPerson();
    const nothing = { ok: false, refusal: "nothing-kept" };
    expect([await api.overview(visit), await api.accessList(visit), await change(0, { name: "Amina" })]).toEqual([nothing, nothing, nothing]);
    expect(await rows("SELECT * FROM records")).toEqual([]);
  });

  it("sees the checks that found the person, and who of the staff read who they are", async () => {
    const { api, identity, visit } = aPerson();
    await api.accept(identity());
    const check = { answerId: "a", operator: "acme01", purpose: "bet" as const, hour: START };
    await api.found([check]);
    expect(await api.accessList(visit)).toEqual({ ok: true, checks: [check], reads: [] });
  });
});
