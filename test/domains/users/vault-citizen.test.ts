import { describe, expect, it } from "vitest";
import { Grants } from "../../../src/domains/authentication/index.ts";
import * as verbs from "../../../src/domains/users/vault/citizen.ts";
import type { VaultApi } from "../../../src/domains/users/vault/rpc.ts";
import { MINUTE } from "../../../src/kernel/clock.ts";
import { random } from "../../../src/objects/shell.ts";

const START = 1_800_000_000_000;
const PHONE = new Uint8Array(16).fill(9);
const INVALID = { ok: false, refusal: "grant-invalid", field: null };
const DETAILS = { name: "Amina", preferredName: "", dateOfBirth: "", county: "", language: "sw", quietNights: false };

/** What all nine verbs answer. */
const nine = (answer: object) => Array.from({ length: 9 }, () => answer);

/** Two citizens' vaults behind the verbs; `opened` says whose were reached. */
function anOffice() {
  const opened: string[] = [];
  const ended = new Set<string>();
  const asked = new Map<string, number>();
  const holders = new Map([[PHONE.join(), "amina"]]);
  let now = START;
  const vault = (personId: string) =>
    new Proxy({} as VaultApi, {
      get: (_, verb) => async (visit: { id: string }) => {
        opened.push(`${personId} ${String(verb)}`);
        if (verb === "endVisit") return void ended.add(visit.id);
        if (ended.has(visit.id)) return { ok: false, refusal: "visit-ended" };
        return { ok: true, overview: {}, notices: [], checks: [{ operator: "acme01" }], reads: [], activity: [] };
      },
    });
  const grants = new Grants(new Uint8Array(32).fill(3), () => now, random);
  const parts: verbs.CitizenVaultParts = {
    register: {
      holderOf: async (phone) => holders.get(phone.join()) ?? null, operatorNames: async () => ({ acme01: "Acme" }),
      tokenHoldings: async (personId) => ({ askedSince: asked.get(personId) ?? null, holdings: [{ operator: "acme01", kind: "msisdn", source: "issued", firstAt: 1, lastAt: 2 }] }),
      watchHoldings: async (personId, wanted) => {
        opened.push(`${personId} register ${wanted}`);
        if (wanted) asked.set(personId, now);
        else asked.delete(personId);
      },
    },
    vault, grants, clock: () => now,
  };
  const grantOf = (personId: string | null, phone = PHONE) => grants.issue({ phone, maskedPhone: "", personId });
  const every = (grant: string) => Promise.all([
    verbs.overview(parts, grant), verbs.inbox(parts, grant), verbs.markRead(parts, { grant, upTo: 1 }), verbs.accessList(parts, grant), verbs.activity(parts, grant), verbs.heldTokens(parts, grant),
    verbs.watchTokens(parts, { grant, wanted: true }),
    verbs.changeDetails(parts, { grant, version: 0, details: DETAILS }), verbs.changeContact(parts, { grant, version: 0, contact: null }),
  ]);
  return { parts, opened, holders, grantOf, every, setNow: (at: number) => void (now = at) };
}

describe("a vault opens", () => {
  it("to the holder of the phone that was proven, and no other's is reached", async () => {
    const { every, grantOf, opened } = anOffice();
    expect((await every(await grantOf("amina"))).map(({ ok }) => ok)).toEqual(Array(9).fill(true));
    expect(new Set(opened.map((call) => call.split(" ")[0]))).toEqual(new Set(["amina"]));
  });

  it("to nobody whose phone is somebody else's by now, and neither does the new holder's", async () => {
    const { every, grantOf, holders, opened } = anOffice();
    const grant = await grantOf("amina");
    holders.set(PHONE.join(), "barasa");
    expect(await every(grant)).toEqual(nine(INVALID));
    expect(opened).toEqual([]);
  });

  it("to nobody whose phone was released, or found its first holder since", async () => {
    const { every, grantOf, holders, opened } = anOffice();
    const [before, nobodys] = [await grantOf("amina"), await grantOf(null)];
    expect(await every(nobodys)).toEqual(nine(INVALID));
    holders.clear();
    expect(await every(before)).toEqual(nine(INVALID));
    expect(opened).toEqual([]);
  });

  it("with a grant of the time, not with one that is over, ended, altered, of another key, or from before grants named a person", async () => {
    const { parts, every, grantOf, opened, setNow } = anOffice();
    const [ended, other] = [await grantOf("amina"), await grantOf("amina")];
    await verbs.leave(parts, ended);
    expect(await every(ended)).toEqual(nine(INVALID));
    expect((await verbs.overview(parts, other)).ok).toBe(true);
    opened.length = 0;
    const foreign = await new Grants(new Uint8Array(32).fill(4), () => START, random).issue({ phone: PHONE, maskedPhone: "", personId: "amina" });
    const earlier = await grantOf(undefined as unknown as null);
    for (const bad of [foreign, earlier, `${other.slice(0, -4)}AAAA`, "", "x".repeat(10_240)]) expect(await every(bad)).toEqual(nine(INVALID));
    setNow(START + 15 * MINUTE);
    expect(await every(other)).toEqual(nine(INVALID));
    expect(opened).toEqual([]);
  });

  it("to no request that is not of our shape", async () => {
    const { parts, opened, grantOf } = anOffice();
    const grant = await grantOf("amina");
    const bad = [null, undefined, 7, {}, [], { grant }, { grant, version: -1, details: DETAILS, contact: null }, { grant, version: 0.5, details: DETAILS, contact: null },
      { grant, version: 0, details: { ...DETAILS, name: 7 }, contact: {} }, { grant, version: 0, details: "x", contact: "x" }];
    for (const request of bad) {
      expect(await verbs.changeDetails(parts, request)).toEqual(INVALID);
      expect(await verbs.changeContact(parts, request)).toEqual(INVALID);
      expect(await verbs.markRead(parts, request)).toEqual(INVALID);
      expect(await verbs.watchTokens(parts, request)).toEqual(INVALID);
      expect(await verbs.heldTokens(parts, request)).toEqual(INVALID);
      expect(await verbs.overview(parts, request)).toEqual(INVALID);
      await verbs.leave(parts, request);
    }
    expect(opened).toEqual([]);
  });

  it("and says that nothing is kept of a phone that is nobody's", async () => {
    const { every, holders, grantOf } = anOffice();
    holders.clear();
    expect(await every(await grantOf(null))).toEqual(nine({ ok: false, refusal: "nothing-kept", field: null }));
  });
});

describe("who asked about the person", () => {
  it("is told within five minutes of the code, with the operators' names", async () => {
    const { parts, grantOf, setNow } = anOffice();
    const grant = await grantOf("amina");
    setNow(START + 5 * MINUTE - 1);
    expect(await verbs.accessList(parts, grant)).toMatchObject({ ok: true, operators: { acme01: "Acme" } });
  });

  it("is not told later, though the rest still is", async () => {
    const { parts, grantOf, setNow, opened } = anOffice();
    const grant = await grantOf("amina");
    setNow(START + 5 * MINUTE);
    expect(await verbs.accessList(parts, grant)).toEqual({ ok: false, refusal: "code-too-old", field: null });
    expect(opened).toEqual([]);
    expect((await verbs.overview(parts, grant)).ok).toBe(true);
  });
});

describe("who holds a token for the person", () => {
  it("is told within five minutes of the code, and so long can it be asked for or not, which their vault notes first", async () => {
    const { parts, grantOf, setNow, opened } = anOffice();
    const grant = await grantOf("amina");
    expect(await verbs.heldTokens(parts, grant)).toMatchObject({ ok: true, askedSince: null, holdings: [{ operator: "acme01" }], operators: { acme01: "Acme" } });
    opened.length = 0;
    for (const wanted of [true, true, false, false]) expect(await verbs.watchTokens(parts, { grant, wanted })).toMatchObject({ ok: true });
    expect(opened).toEqual(["amina noteWatching", "amina register true", "amina stands", "amina noteWatching", "amina register false", "amina stands"]);
    setNow(START + 5 * MINUTE);
    opened.length = 0;
    for (const late of [await verbs.heldTokens(parts, grant), await verbs.watchTokens(parts, { grant, wanted: true })]) {
      expect(late).toEqual({ ok: false, refusal: "code-too-old", field: null });
    }
    expect(opened).toEqual([]);
  });
});

it("what is wrong with a field is said before the vault is asked, to the holder alone", async () => {
  const { parts, grantOf, opened } = anOffice();
  const change = { version: 0, details: { ...DETAILS, county: "048" } };
  expect(await verbs.changeDetails(parts, { ...change, grant: await grantOf("amina") })).toEqual({ ok: false, refusal: "choice-unknown", field: "county" });
  expect(await verbs.changeDetails(parts, { ...change, grant: "none" })).toEqual(INVALID);
  expect(opened).toEqual([]);
});
