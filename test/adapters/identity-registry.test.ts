import { describe, expect, it } from "vitest";
import { iprs } from "../../src/adapters/identity-registry/iprs.ts";
import type { IdentityClaim } from "../../src/adapters/identity-registry/port.ts";
import { identityRegistry } from "../../workers/local/identity-registry.ts";

const URL = "http://registry.test/dev/identity-registry";
const WANJIRU: IdentityClaim = { kind: "national_id", number: "20000001", name: "Wanjiru Kamau", dateOfBirth: "1990-03-27" };
const record = { document_type: "NATIONAL_ID", document_number: "20000001", first_name: "Wanjiru", other_names: "Njeri", surname: "Kamau", date_of_birth: "1990-03-27" };

type Fetch = typeof globalThis.fetch;
const asking = (fetch: Fetch, url = URL) => iprs({ url, key: "secret" }, fetch, () => 7, 50);
const answering = (body: unknown, status = 200): Fetch => async () => new Response(typeof body === "string" ? body : JSON.stringify(body), { status });
const said = (body: unknown, claim = WANJIRU, status = 200) => asking(answering(body, status)).verify(claim);
const found = (person: object = {}) => ({ found: true, request_id: "REQ-1", person: { ...record, ...person } });

const UNAVAILABLE = { verdict: "unavailable", reference: null, differing: [], at: 7 };

describe("the registry's answer", () => {
  it("verifies a name in any order, however it is written, with the exact day of birth", async () => {
    for (const name of ["Wanjiru Kamau", "KAMAU wanjiru", "Njeri, Wanjiru  Kamau", "Kamau-Njeri"]) {
      expect(await said(found(), { ...WANJIRU, name })).toEqual({ verdict: "verified", reference: "REQ-1", differing: [], at: 7 });
    }
    expect((await said(found({ first_name: null, other_names: "", surname: "Ng’ang’a Peter" }), { ...WANJIRU, name: "Peter Ng'ang'a" })).verdict).toBe("verified");
    expect((await said(found({ first_name: "Halima", other_names: null, surname: undefined }), { ...WANJIRU, name: "halima" })).verdict).toBe("verified");
    expect((await said(found({ date_of_birth: "1990-03-27T00:00:00" }))).verdict).toBe("verified");
    expect((await said(found({ document_number: "020000001" }))).verdict).toBe("verified");
  });

  it("says what differs", async () => {
    const differing = async (claim: Partial<IdentityClaim>) => (await said(found(), { ...WANJIRU, ...claim })).differing;
    expect(await differing({ name: "Wanjiru Otieno" })).toEqual(["name"]);
    expect(await differing({ name: "Wanjiru" })).toEqual(["name"]);
    expect(await differing({ name: "Wanjiru Kamau Otieno" })).toEqual(["name"]);
    expect(await differing({ dateOfBirth: "1990-03-28" })).toEqual(["dateOfBirth"]);
    expect(await differing({ dateOfBirth: "1990-03-28", name: "'" })).toEqual(["name", "dateOfBirth"]);
    expect(await said({ found: false, request_id: "R-2" })).toEqual({ verdict: "mismatch", reference: "R-2", differing: ["number"], at: 7 });
  });

  it("is no word about the person when it is an error, nonsense, or about somebody else", async () => {
    for (const status of [301, 400, 401, 404, 429, 500, 503]) expect(await said(found(), WANJIRU, status)).toEqual(UNAVAILABLE);
    const nonsense = [
      "", "<html>", "null", "[]", {}, { found: "no" }, { found: true }, { found: true, person: null }, found({ date_of_birth: "27/03/1990" }),
      found({ document_number: "20000002" }), found({ document_type: "PASSPORT" }), found({ document_number: "x" }), found({ surname: "x".repeat(201) }),
    ];
    for (const body of nonsense) expect(await said(body), JSON.stringify(body)).toEqual(UNAVAILABLE);
    expect((await said({ found: false, request_id: "20000001 <b>".repeat(9) })).reference).toBeNull();
  });

  it("is unavailable when it hangs, breaks, or there is no registry to ask", async () => {
    const hanging: Fetch = (_, init) => new Promise((_, reject) => init!.signal!.addEventListener("abort", () => reject(init!.signal!.reason as Error)));
    expect(await asking(hanging).verify(WANJIRU)).toEqual(UNAVAILABLE);
    expect(await asking(() => Promise.reject(new TypeError("fetch failed"))).verify(WANJIRU)).toEqual(UNAVAILABLE);
    expect(await asking(() => { throw new Error("asked"); }, "").verify(WANJIRU)).toEqual(UNAVAILABLE);
  });

  it("is asked for by the document alone", async () => {
    const asked: Request[] = [];
    await asking(async (input, init) => (asked.push(new Request(input, init)), Response.json(found()))).verify(WANJIRU);
    expect(asked[0]!.headers.get("authorization")).toBe("Bearer secret");
    expect(await asked[0]!.json()).toEqual({ document_type: "NATIONAL_ID", document_number: "20000001" });
  });
});

describe("the simulated registry", () => {
  const simulator = identityRegistry();
  const verify = (claim: Partial<IdentityClaim>) => asking(async (input, init) => simulator.fetch(new Request(input, init))).verify({ ...WANJIRU, ...claim });

  it("knows its people, and has numbers for what goes wrong", async () => {
    expect((await verify({})).verdict).toBe("verified");
    expect((await verify({ kind: "passport", number: "AK0123456", name: "Akinyi Otieno", dateOfBirth: "1999-12-31" })).verdict).toBe("verified");
    expect((await verify({ number: "20000004", name: "علي أمينة", dateOfBirth: "1992-06-15" })).verdict).toBe("verified");
    expect((await verify({ number: "12345678" })).differing).toEqual(["number"]);
    for (const number of ["29000002", "29000003", "29000004"]) expect((await verify({ number })).verdict, number).toBe("unavailable");
  });
});
