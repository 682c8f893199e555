import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { IdentityClaim } from "../../../src/adapters/identity-registry/port.ts";
import type { CanonicalIdentifier } from "../../../src/bst/kinds.ts";
import type { Visit } from "../../../src/domains/authentication/index.ts";
import type { Delivery } from "../../../src/domains/exclusions/outbox.ts";
import { sealIdentity, sealReleased } from "../../../src/domains/users/index.ts";
import type { PersonApi } from "../../../src/domains/users/rpc.ts";
import { shredVault } from "../../../src/domains/users/store.ts";
import { NO_DETAILS } from "../../../src/domains/users/vault/model.ts";
import type { VaultApi } from "../../../src/domains/users/vault/rpc.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../../src/kernel/clock.ts";
import { openDatabase } from "../../../src/objects/database.ts";
import { random } from "../../../src/objects/shell.ts";
import { Envelope, parseBoxKeys } from "../../../src/sealing/envelope.ts";
import migrations from "../../../migrations/person/migrations.js";
import { type ClockedPerson, START } from "./doubles.ts";
import { BORN, ID, NAME, PHONE } from "./support.ts";

const envelope = new Envelope(parseBoxKeys((env as unknown as { BOX_KEYS: string }).BOX_KEYS), random);
const UNTIL = START + 14 * DAY;
const OTHER_PHONE = "+254733000111";

type Double = PersonApi & VaultApi & Pick<ClockedPerson, "setNow" | "setRegistry" | "setRegister" | "setProvider"> & {
  claims(): Promise<IdentityClaim[]>;
  confirmed(): Promise<{ document: CanonicalIdentifier; commandId: string }[]>;
  messages(): Promise<{ to: string; message: string }[]>;
};

function aPerson() {
  const personId = crypto.randomUUID();
  const stub = env.PERSON.getByName(personId);
  const api = stub as unknown as Double;
  const visit: Visit = { id: "visit", provenAt: START, endsAt: START + 15 * MINUTE };
  const identity = ({ name = NAME as string | null, dateOfBirth = BORN as string | null, document = ID, createdAt = START, phone = PHONE } = {}): Delivery => {
    const commandId = crypto.randomUUID();
    const box = sealIdentity(envelope, commandId, { phone, document, name, dateOfBirth, locale: "en", accepted: [] });
    const statements = [
      { kind: "msisdn", evidence: "code", provisionalUntil: null } as const, { kind: document.kind, evidence: "typed", provisionalUntil: UNTIL } as const,
    ];
    return { id: crypto.randomUUID(), personId, createdAt, topic: "identity", commandId, box, statements };
  };
  const released = (phone: string): Delivery => {
    const commandId = crypto.randomUUID();
    return { id: crypto.randomUUID(), personId, createdAt: START, topic: "release", commandId, box: sealReleased(envelope, commandId, phone) };
  };
  const within = <Answer>(act: (instance: ClockedPerson, state: DurableObjectState) => Answer | Promise<Answer>) =>
    runInDurableObject(stub, (instance, state) => act(instance as unknown as ClockedPerson, state));
  const rows = (query: string) => within((_, state) => state.storage.sql.exec(query).toArray());
  const overview = async () => {
    const answer = await api.overview(visit);
    if (!answer.ok) throw new Error(answer.refusal);
    return answer.overview;
  };
  return {
    personId, api, stub, visit, identity, released, within, rows, overview,
    settle: () => within(() => scheduler.wait(5)),
    /** Every verdict, oldest first. */
    verdicts: async () => (await rows("SELECT verdict FROM verifications ORDER BY id")).map(({ verdict }) => verdict),
    standings: async () => (await overview()).identifiers.map(({ standing }) => standing),
    async at(now: Instant): Promise<void> {
      await api.setNow(now);
      await runDurableObjectAlarm(stub);
    },
    templates: async () => {
      const inbox = await api.inbox(visit);
      return inbox.ok ? inbox.notices.map(({ notice }) => notice.template) : inbox.refusal;
    },
  };
}

describe("a document that was typed", () => {
  it("is asked about with name and date of birth, and firm once Register heard that it is verified", async () => {
    const { api, identity, settle, standings, verdicts, overview } = aPerson();
    await api.setRegistry("verified");
    await api.accept(identity());
    await settle();
    expect(await api.claims()).toEqual([{ kind: "national_id", number: "1234567", name: NAME, dateOfBirth: BORN }]);
    expect(await api.confirmed()).toMatchObject([{ document: { kind: "national_id", value: "1234567" } }]);
    expect(await standings()).toEqual(["firm", "firm"]);
    expect((await overview()).identifiers[1]!.history.map(({ evidence }) => evidence)).toEqual(["typed", "registry"]);
    expect(await verdicts()).toEqual(["verified"]);
    expect((await api.export()).verifications).toMatchObject([{ identifier: 2, verdict: "verified", reference: "REQ-1", differing: [] }]);
  });

  it("that does not fit stays provisional, and the person hears what to do", async () => {
    const { api, identity, settle, standings, templates, at } = aPerson();
    await api.setRegistry("mismatch", ["name"]);
    await api.accept(identity());
    await settle();
    expect(await standings()).toEqual(["firm", "provisional"]);
    expect(await templates()).toEqual(["document-mismatch"]);
    await at(START + 1);
    expect((await api.messages()).map(({ message }) => message)).toEqual([expect.stringContaining("could not confirm your document")]);
    expect(await api.confirmed()).toEqual([]);
    await at(START + DAY);
    expect(await api.claims()).toHaveLength(1);
  });

  it("is asked about again when the person corrects who they are, and not for what they change besides before", async () => {
    const { api, identity, settle, visit, at, standings } = aPerson();
    await api.setRegistry("mismatch", ["dateOfBirth"]);
    await api.accept(identity());
    await settle();
    await api.setRegistry("verified");
    await api.setNow(START + HOUR);
    await api.changeDetails(visit, { version: 1, details: { ...NO_DETAILS, name: NAME, dateOfBirth: "1991-03-27" }, locale: "en" });
    await at(START + HOUR);
    expect((await api.claims()).map(({ dateOfBirth }) => dateOfBirth)).toEqual([BORN, "1991-03-27"]);
    expect(await standings()).toEqual(["firm", "firm"]);
  });

  it("is asked about five times a day when it does not fit, whatever the person changes, so that nobody guesses", async () => {
    const { api, identity, settle, visit, at } = aPerson();
    await api.setRegistry("mismatch", ["dateOfBirth"]);
    await api.accept(identity());
    await settle();
    for (let guess = 1; guess <= 8; guess++) {
      await api.setNow(START + guess * MINUTE);
      await api.changeDetails(visit, { version: guess, details: { ...NO_DETAILS, name: NAME, dateOfBirth: `199${guess}-03-27` }, locale: "en" });
      await at(START + guess * MINUTE);
    }
    expect(await api.claims()).toHaveLength(5);
    await at(START + DAY);
    expect((await api.claims()).map(({ dateOfBirth }) => dateOfBirth).at(-1)).toBe("1998-03-27");
    expect(await api.claims()).toHaveLength(6);
  });

  it("is asked about later and later while the registry is away, and each time is written down", async () => {
    const { api, identity, settle, at, verdicts, standings } = aPerson();
    await api.accept(identity());
    await settle();
    for (const minutes of [1, 3, 7]) await at(START + minutes * MINUTE);
    expect(await api.claims()).toHaveLength(4);
    await at(START + 14 * MINUTE);
    expect(await api.claims()).toHaveLength(4);
    await api.setRegistry("verified");
    await at(START + 15 * MINUTE);
    expect(await verdicts()).toEqual(["unavailable", "unavailable", "unavailable", "unavailable", "verified"]);
    expect(await standings()).toEqual(["firm", "firm"]);
  });

  it("of which too little is known is not asked about before the person says it", async () => {
    const { api, identity, settle, visit, at } = aPerson();
    await api.setRegistry("verified");
    await api.accept(identity({ name: null, dateOfBirth: null }));
    await settle();
    expect(await api.claims()).toEqual([]);
    await api.changeDetails(visit, { version: 0, details: { ...NO_DETAILS, name: NAME, dateOfBirth: BORN }, locale: "en" });
    await at(START + 1);
    expect(await api.claims()).toHaveLength(1);
  });

  it("that was verified reaches Register however often Register is away, and is not asked about again for it", async () => {
    const { api, identity, settle, at, standings, rows } = aPerson();
    await api.setRegistry("verified");
    await api.setRegister("down");
    await api.accept(identity());
    await settle();
    expect(await standings()).toEqual(["firm", "provisional"]);
    await api.setRegister({ ok: true, standing: "firm" });
    await at(START + 10_000);
    expect(await standings()).toEqual(["firm", "firm"]);
    expect(await api.claims()).toHaveLength(1);
    expect(await rows("SELECT id FROM verifications WHERE settledAt IS NULL")).toEqual([]);
  });

  it("that Register keeps for an officer looks as it did, and so does one whose exclusion is over", async () => {
    for (const answer of [{ ok: true, standing: "held" }, { ok: false, refusal: "nothing-to-confirm" }] as const) {
      const { api, identity, settle, at, standings, templates } = aPerson();
      await api.setRegistry("verified");
      await api.setRegister(answer);
      await api.accept(identity());
      await settle();
      expect([await standings(), await templates()]).toEqual([["firm", "provisional"], []]);
      await at(START + DAY);
      expect(await api.claims()).toHaveLength(1);
    }
  });

  it("leaves no word of the answer when the vault is shredded while the registry is asked", async () => {
    const { api, identity, within, rows } = aPerson();
    await api.setRegistry("mismatch", ["name"]);
    await within(async (instance, state) => {
      instance.setMeanwhile(() => openDatabase(state, migrations).transaction((transaction) => shredVault(transaction, START)));
      await instance.accept(identity());
      await scheduler.wait(5);
    });
    expect(await rows("SELECT * FROM verifications")).toEqual([]);
  });

  it("keeps name, date of birth and what the registry said sealed", async () => {
    const { api, identity, settle, rows } = aPerson();
    await api.setRegistry("mismatch", ["name"]);
    await api.accept(identity({ name: "Ng'ang'a <script>" }));
    await settle();
    const values = (await Promise.all(["records", "verifications", "notices"].map((table) => rows(`SELECT * FROM ${table}`)))).flat().flatMap((row) => Object.values(row));
    const latin = values.map((value) => (value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value) : String(value))).join();
    expect(latin).not.toMatch(/Ng'ang|1990-03-27|REQ-1|1234567/);
  });
});

describe("what the person says of themself in a form", () => {
  it("stands where it is newer than what they said before, and leaves the rest", async () => {
    const { api, identity, visit, overview } = aPerson();
    await api.accept(identity({ name: null }));
    await api.setNow(START + HOUR);
    await api.changeDetails(visit, { version: 1, details: { ...NO_DETAILS, name: "Amina", county: "047" }, locale: "en" });
    await api.accept(identity({ createdAt: START + MINUTE, name: "Too late" }));
    expect((await overview()).details.value).toEqual({ ...NO_DETAILS, name: "Amina", county: "047" });
    await api.accept(identity({ createdAt: START + 2 * HOUR, name: "Amina Ali" }));
    expect((await overview()).details.value).toEqual({ ...NO_DETAILS, name: "Amina Ali", dateOfBirth: BORN, county: "047" });
  });
});

describe("a phone that became somebody else's", () => {
  it("gets no message any more; the other one is told, and shows it released", async () => {
    const { api, identity, released, settle, standings, templates } = aPerson();
    await api.accept(identity());
    await api.accept(identity({ phone: OTHER_PHONE, createdAt: START + 1 }));
    await settle();
    await api.accept(released(OTHER_PHONE));
    await settle();
    expect(await standings()).toEqual(["firm", "provisional", "released"]);
    expect(await templates()).toEqual(["phone-released"]);
    expect((await api.messages()).map(({ to }) => to)).toEqual([PHONE]);
  });

  it("that was the only one leaves nobody to send to, and the message in the inbox", async () => {
    const { api, identity, released, settle, templates } = aPerson();
    await api.accept(identity());
    const delivery = released(PHONE);
    await api.accept(delivery);
    await api.accept(delivery);
    await settle();
    expect(await api.messages()).toEqual([]);
    expect(await templates()).toEqual(["phone-released"]);
  });
});
