import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import migrations from "../../../migrations/person/migrations.js";
import type { Delivery } from "../../../src/domains/exclusions/outbox.ts";
import { phoneKeyOf } from "../../../src/domains/users/accounts/keyed.ts";
import type { IdentityApi } from "../../../src/domains/users/identities/rpc.ts";
import { type Document, sealIdentity } from "../../../src/domains/users/index.ts";
import type { PersonApi } from "../../../src/domains/users/rpc.ts";
import { shredVault } from "../../../src/domains/users/store.ts";
import { accept } from "../../../src/domains/users/vault.ts";
import { toBase64Url } from "../../../src/kernel/bytes.ts";
import { type ObjectDatabase, openDatabase } from "../../../src/objects/database.ts";
import { random } from "../../../src/objects/shell.ts";
import { Envelope, parseBoxKeys } from "../../../src/sealing/envelope.ts";
import { fault } from "../register/support.ts";
import { START } from "./doubles.ts";

const PHONE = "+254712345678";
const ID: Document = { kind: "national_id", typed: "01 234 567", canonical: "1234567" };
const READ = { id: "r1", at: START, role: "grak_officer", reason: "complaint of the person", what: "identity" } as const;

const key = (fill: number) => toBase64Url(new Uint8Array(32).fill(fill));
const holding = (keys: Record<string, string>) => new Envelope(parseBoxKeys(JSON.stringify(keys)), random);

/** What the object holds: 1, and 2, which is current. */
const now = holding({ 1: key(1), 2: key(2) });
const before = holding({ 1: key(1) });
const elsewhere = holding({ 9: key(9) });

function aPerson() {
  const personId = crypto.randomUUID();
  const stub = env.PERSON.getByName(personId);
  const api = stub as unknown as PersonApi & IdentityApi;
  const identity = (envelope = now, { phone = PHONE, document = ID as Document | null, createdAt = START } = {}): Delivery => {
    const commandId = crypto.randomUUID();
    const box = sealIdentity(envelope, commandId, { phone, document, name: null, dateOfBirth: null, locale: "en", accepted: [] });
    return { id: crypto.randomUUID(), personId, createdAt, topic: "identity", commandId, box, statements: [] };
  };
  const rows = (query: string) => runInDurableObject(stub, (_, state) => state.storage.sql.exec(query).toArray());
  const within = (act: (database: ObjectDatabase) => void) => runInDurableObject(stub, (_, state) => act(openDatabase(state, migrations)));
  /** The identity as an object with other keys would have taken it. */
  const acceptUnder = (envelope: Envelope) => within((database) => accept(database, envelope, identity(envelope), START, random));
  const keyId = async () => String.fromCharCode(new Uint8Array((await rows("SELECT dataKey FROM vault"))[0]!.dataKey as ArrayBuffer)[2]!);
  return { personId, api, identity, rows, within, acceptUnder, keyId };
}

describe("staff that read who a person is", () => {
  it("are told it, and the person that they were, once however often the same read comes", async () => {
    const { api, identity } = aPerson();
    await api.accept(identity());
    const opened = await api.identity(READ);
    expect(opened).toEqual({
      identifiers: [{ kind: "msisdn", typed: PHONE, canonical: PHONE, addedAt: START }, { ...ID, addedAt: START }],
    });
    expect(await api.identity(READ)).toEqual(opened);
    await api.identity({ ...READ, id: "r2", at: START + 1 });
    expect(await api.identityReads()).toEqual([{ ...READ, id: "r2", at: START + 1 }, READ]);
  });

  it("that a token leads to them is shown them as that, once, whoever's identity was read", async () => {
    const { api, identity } = aPerson();
    await api.accept(identity());
    const { what: _, ...lookup } = READ;
    await api.lookedUp({ ...lookup, id: "l1" });
    await api.lookedUp({ ...lookup, id: "l1", at: START + 1 });
    expect(await api.identityReads()).toEqual([{ ...lookup, id: "l1", what: "token" }]);
    expect((await api.export()).identityReads).toMatchObject([{ readId: "l1", read: "token" }]);
  });

  it("and the phones they proved are known as accounts know theirs, never in clear", async () => {
    const { api, identity } = aPerson();
    expect(await api.accountKeys()).toEqual([]);
    await api.accept(identity());
    expect(await api.accountKeys()).toEqual([phoneKeyOf(new Uint8Array(32).fill(3), PHONE)]);
  });

  it("are told nothing of somebody without an identity, and nothing is noted", async () => {
    const { api } = aPerson();
    expect(await api.identity(READ)).toBeNull();
    expect(await api.identityReads()).toEqual([]);
  });

  it.each([
    ["an identifier that was altered", "UPDATE identifiers SET sealed = CAST(sealed || x'00' AS BLOB) WHERE position = 1"],
    ["identifiers that changed places", "UPDATE identifiers SET sealed = (SELECT sealed FROM identifiers other WHERE other.position = 3 - identifiers.position)"],
    ["a data key that was altered", "UPDATE vault SET dataKey = CAST(dataKey || x'00' AS BLOB)"],
    ["another person's data key", "UPDATE vault SET personId = 'somebody else'"],
  ])("are refused %s, and nothing is noted", async (_, query) => {
    const { api, identity, rows } = aPerson();
    await api.accept(identity());
    await rows(query);
    expect(await fault(() => api.identity(READ))).toContain("invalid tag");
    expect(await api.identityReads()).toEqual([]);
  });

  it("are refused another person's sealed identifier", async () => {
    const [one, other] = [aPerson(), aPerson()];
    await one.api.accept(one.identity());
    await other.api.accept(other.identity());
    const [foreign] = await other.rows("SELECT hex(sealed) AS sealed FROM identifiers WHERE position = 1");
    await one.rows(`UPDATE identifiers SET sealed = x'${String(foreign!.sealed)}' WHERE position = 1`);
    expect(await fault(() => one.api.identity(READ))).toContain("invalid tag");
  });
});

describe("a vault's data key", () => {
  it("is re-wrapped on command, once, and opens what it opened", async () => {
    const { api, acceptUnder, keyId } = aPerson();
    expect(await api.rewrap()).toBeNull();
    await acceptUnder(before);
    expect(await keyId()).toBe("1");
    expect(await api.rewrap()).toEqual({ outcome: "rewrapped", keyId: "2" });
    expect(await api.rewrap()).toEqual({ outcome: "already", keyId: "2" });
    expect(await keyId()).toBe("2");
    expect((await api.identity(READ))!.identifiers).toHaveLength(2);
  });

  it("is re-wrapped when the vault is written", async () => {
    const { api, identity, acceptUnder, keyId } = aPerson();
    await acceptUnder(before);
    await api.accept(identity(now, { phone: "+254700000001" }));
    expect(await keyId()).toBe("2");
    expect((await api.identity(READ))!.identifiers.map(({ canonical }) => canonical)).toEqual([PHONE, ID.canonical, "+254700000001"]);
  });

  it("whose key-encryption key is gone stays as it is, and opens again when that is back", async () => {
    const { api, identity, acceptUnder, rows, within } = aPerson();
    await acceptUnder(elsewhere);
    const stored = () => rows("SELECT hex(dataKey) AS dataKey FROM vault");
    const kept = await stored();
    expect(await api.rewrap()).toEqual({ outcome: "failed", keyId: "9", reason: 'Error: no box key "9"' });
    expect(await fault(() => api.identity(READ))).toContain('no box key "9"');
    expect(await fault(() => api.accept(identity()))).toContain('no box key "9"');
    expect([await stored(), await api.identityReads(), await rows("SELECT * FROM accepted")]).toMatchObject([kept, [], [{}]]);
    await within((database) => accept(database, holding({ 2: key(2), 9: key(9) }), identity(), START, random));
    expect(await stored()).toEqual(kept);
  });
});

describe("a shredded vault", () => {
  const shredded = async () => {
    const person = aPerson();
    await person.api.accept(person.identity());
    const late = person.identity();
    await person.within((database) => database.transaction((transaction) => shredVault(transaction, START)));
    return { ...person, late };
  };

  it("holds neither key nor sealed value, and says nothing", async () => {
    const { api, rows } = await shredded();
    expect([await rows("SELECT * FROM vault"), await rows("SELECT * FROM identifiers")]).toEqual([[], []]);
    expect([await api.identity(READ), await api.rewrap()]).toEqual([null, null]);
  });

  it("is not shredded when what it is part of fails", async () => {
    const { api, identity, within } = aPerson();
    await api.accept(identity());
    const failing = (database: ObjectDatabase) =>
      database.transaction((transaction) => {
        shredVault(transaction, START);
        throw new Error("the rest failed");
      });
    expect(await fault(() => within(failing))).toContain("the rest failed");
    expect((await api.identity(READ))!.identifiers).toHaveLength(2);
  });

  it("does not take an identity that left before, and begins anew with one that comes after", async () => {
    const { api, identity, late, rows } = await shredded();
    await api.accept(late);
    expect(await rows("SELECT * FROM vault")).toEqual([]);
    await api.accept(identity(now, { phone: "+254700000001", document: null, createdAt: START + 1 }));
    expect((await api.identity(READ))!.identifiers.map(({ canonical }) => canonical)).toEqual(["+254700000001"]);
  });
});
