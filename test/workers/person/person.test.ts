import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Sms } from "../../../src/adapters/sms/port.ts";
import type { Delivery, ExclusionNotice, Statement } from "../../../src/domains/exclusions/outbox.ts";
import { type Document, sealIdentity } from "../../../src/domains/users/index.ts";
import type { PersonApi } from "../../../src/domains/users/rpc.ts";
import type { Locale } from "../../../src/i18n/locales.ts";
import { type Instant, MINUTE } from "../../../src/kernel/clock.ts";
import { random } from "../../../src/objects/shell.ts";
import { Envelope, parseBoxKeys } from "../../../src/sealing/envelope.ts";
import { fault } from "../register/support.ts";
import { START } from "./doubles.ts";

const PHONE = "+254712345678";
const ID: Document = { kind: "national_id", typed: "01 234 567", canonical: "1234567" };

const envelope = new Envelope(parseBoxKeys((env as unknown as { BOX_KEYS: string }).BOX_KEYS), random);

interface PersonDouble extends PersonApi {
  setNow(now: Instant): Promise<void>;
  setProvider(outcome: "taken" | "refused" | "slow"): Promise<void>;
  messages(): Promise<Sms[]>;
}

function aPerson() {
  const personId = crypto.randomUUID();
  const stub = env.PERSON.getByName(personId);
  const api = stub as unknown as PersonDouble;
  const identity = (given: { phone?: string; document?: Document | null; locale?: Locale; name?: string | null; createdAt?: Instant; statements?: Statement[] } = {}): Delivery => {
    const { phone = PHONE, document = null, locale = "en", name = null, createdAt = START, statements = [] } = given;
    const commandId = crypto.randomUUID();
    const box = sealIdentity(envelope, commandId, { phone, document, name, dateOfBirth: null, locale, accepted: [] });
    return { id: crypto.randomUUID(), personId, createdAt, topic: "identity", commandId, box, statements };
  };
  const notice = (more: Partial<ExclusionNotice> = {}): Delivery => ({
    id: crypto.randomUUID(), personId, createdAt: START, topic: "notice",
    notice: {
      template: "exclusion-started", reference: "NSER-0123456789", policy: "24h", endMode: "automatic",
      startedAt: START, endsAt: START + 24 * 60 * MINUTE, ...more,
    },
  });
  const rows = (query: string) => runInDurableObject(stub, (_, state) => state.storage.sql.exec(query).toArray());
  const settle = async () => {
    await runInDurableObject(stub, () => scheduler.wait(5));
    return api.messages();
  };
  const alarmAt = async (now: Instant) => {
    await api.setNow(now);
    await runDurableObjectAlarm(stub);
    return (await api.messages()).length;
  };
  return { personId, stub, api, identity, notice, rows, settle, alarmAt };
}

describe("an identity", () => {
  it("is kept sealed under the vault's own key, once", async () => {
    const { api, identity, rows } = aPerson();
    const delivery = identity({ document: ID });
    await api.accept(delivery);
    await api.accept(delivery);
    await api.accept(identity({ document: ID }));
    const stored = await rows("SELECT * FROM identifiers");
    expect(stored.map(({ kind }) => kind)).toEqual(["msisdn", "national_id"]);
    const everything = [...stored, ...(await rows("SELECT * FROM vault"))].flatMap((row) => Object.values(row));
    const latin = everything.map((value) => (value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value) : String(value))).join();
    expect(latin).not.toMatch(/712345678|234 567|1234567/);
  });

  it("is only added to, and its latest language stands whatever the order of arrival", async () => {
    const { api, identity, notice, rows, settle } = aPerson();
    await api.accept(identity({ locale: "sw", createdAt: START + 2 }));
    await api.accept(identity({ document: ID, locale: "fr", createdAt: START + 1 }));
    await api.accept(notice());
    expect(await rows("SELECT kind FROM identifiers")).toHaveLength(2);
    expect((await settle())[0]!.message).toContain("Kumbukumbu");
  });

  it("that others stated to officers is kept, and neither moves the person's messages nor says who they are", async () => {
    const { api, identity, notice, rows, settle } = aPerson();
    const shown: Statement[] = [{ kind: "msisdn", evidence: "officer", provisionalUntil: null }];
    await api.accept(identity({ locale: "sw" }));
    await api.accept(identity({ phone: "+254700000009", locale: "fr", name: "Somebody Else", createdAt: START + 1, statements: shown }));
    await api.accept(notice());
    expect(await settle()).toMatchObject([{ to: PHONE, message: expect.stringContaining("Kumbukumbu") }]);
    expect([await rows("SELECT kind FROM identifiers"), await rows("SELECT * FROM records")]).toMatchObject([[{}, {}], []]);
  });

  it("is refused as a whole when its box was sealed for another command, and leaves no trace", async () => {
    const { api, identity, rows } = aPerson();
    const delivery = { ...identity(), commandId: crypto.randomUUID() };
    expect(await fault(() => api.accept(delivery))).toContain("invalid tag");
    expect(await rows("SELECT * FROM accepted")).toEqual([]);
    expect(await rows("SELECT * FROM vault")).toEqual([]);
  });
});

describe("a notice", () => {
  it("is sent at once to the proven phone, and once however often it is delivered", async () => {
    const { api, identity, notice, settle, alarmAt } = aPerson();
    await api.accept(identity());
    const delivery = notice();
    await Promise.all([api.accept(delivery), api.accept(delivery)]);
    await api.accept(delivery);
    expect(await settle()).toEqual([{ to: PHONE, message: expect.stringContaining("NSER-0123456789") }]);
    expect(await alarmAt(START + 60 * MINUTE)).toBe(1);
  });

  it("waits for an identity that comes after it", async () => {
    const { api, identity, notice, settle } = aPerson();
    await api.accept(notice());
    expect(await settle()).toEqual([]);
    await api.accept(identity());
    expect(await settle()).toHaveLength(1);
  });

  it("is not sent twice while the provider is slow", async () => {
    const { api, stub, identity, notice } = aPerson();
    await api.setProvider("slow");
    await api.accept(identity());
    await api.accept(notice());
    await runDurableObjectAlarm(stub);
    await runInDurableObject(stub, () => scheduler.wait(80));
    expect(await api.messages()).toHaveLength(1);
  });

  it("is tried again after 1, 2 and 4 minutes, and then has failed", async () => {
    const { api, identity, notice, rows, settle, alarmAt } = aPerson();
    await api.setProvider("refused");
    await api.accept(identity());
    await api.accept(notice());
    expect(await settle()).toHaveLength(1);
    expect(await alarmAt(START + MINUTE - 1)).toBe(1);
    expect(await alarmAt(START + MINUTE)).toBe(2);
    expect(await alarmAt(START + 3 * MINUTE - 1)).toBe(2);
    expect(await alarmAt(START + 3 * MINUTE)).toBe(3);
    expect(await alarmAt(START + 7 * MINUTE)).toBe(4);
    expect(await alarmAt(START + 60 * MINUTE)).toBe(4);
    expect(await rows("SELECT state, attempts FROM notices")).toEqual([{ state: "failed", attempts: 4 }]);
  });

  it("stops being tried once it is taken", async () => {
    const { api, identity, notice, rows, settle, alarmAt } = aPerson();
    await api.setProvider("refused");
    await api.accept(identity());
    await api.accept(notice());
    await settle();
    await api.setProvider("taken");
    expect(await alarmAt(START + MINUTE)).toBe(2);
    expect(await alarmAt(START + 60 * MINUTE)).toBe(2);
    expect(await rows("SELECT state FROM notices")).toEqual([{ state: "sent" }]);
  });

  it("fails when the object stopped during the last attempt, instead of being tried for ever", async () => {
    const { api, identity, notice, rows, settle, alarmAt } = aPerson();
    await api.accept(identity());
    await api.accept(notice());
    await settle();
    await rows(`UPDATE notices SET state = 'queued', attempts = 4, nextAt = ${START + MINUTE}`);
    await api.accept(identity());
    expect(await alarmAt(START + MINUTE)).toBe(1);
    expect(await rows("SELECT state FROM notices")).toEqual([{ state: "failed" }]);
  });

  it("says nothing of gambling and fits one text message in English and Swahili", async () => {
    for (const locale of ["en", "sw"] as const) {
      const { api, identity, notice, settle } = aPerson();
      await api.accept(identity({ locale }));
      for (const template of ["exclusion-started", "exclusion-extended", "exclusion-ended"] as const) {
        await api.accept(notice({ template }));
      }
      await api.accept(notice({ policy: "permanent", endsAt: null }));
      const messages = await settle();
      expect(messages).toHaveLength(4);
      for (const { message } of messages) {
        expect(message).not.toMatch(/gambl|bet|exclu|kamari|pata pot/i);
        expect(message, message).toMatch(/^[A-Za-z0-9 \r\n@£$¥Δ_!"#¤%&'()*+,\-./:;<=>?]{1,160}$/);
      }
    }
  });
});

describe("checks that found the person", () => {
  const HOUR = 60 * MINUTE;
  const check = (answerId: string, hour = START) => ({ answerId, operator: "acme01", purpose: "bet" as const, hour });

  it("are kept once, and shown newest first", async () => {
    const { api } = aPerson();
    await api.found([check("a"), check("b", START + HOUR)]);
    await Promise.all([api.found([check("a")]), api.found([check("c", START - HOUR), check("c", START - HOUR)])]);
    expect((await api.checksThatFound()).map(({ answerId }) => answerId)).toEqual(["b", "a", "c"]);
    expect((await api.checksThatFound())[1]).toEqual(check("a"));
  });

  it("are dropped after 90 days, each in its time", async () => {
    const { api, rows, alarmAt } = aPerson();
    await api.found([check("a"), check("b", START + HOUR)]);
    const left = async () => (await rows("SELECT answerId FROM checks")).map(({ answerId }) => answerId);
    await alarmAt(START + 90 * 24 * HOUR - 1);
    expect(await left()).toEqual(["a", "b"]);
    await alarmAt(START + 90 * 24 * HOUR);
    expect(await left()).toEqual(["b"]);
    await alarmAt(START + 90 * 24 * HOUR + HOUR);
    expect([await left(), await rows("SELECT * FROM due WHERE task <> 'ship'")]).toEqual([[], []]);
  });
});
