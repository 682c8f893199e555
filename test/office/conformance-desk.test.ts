import { beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../src/domains/authentication/capabilities.ts";
import { begin, run, runs } from "../../src/domains/operators/conformance/desk.ts";
import type { ConformanceParts } from "../../src/domains/operators/conformance/parts.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { logSigner } from "../../src/tlog/sign.ts";
import { ENVELOPE, PAIR_KEY } from "../support/api.ts";
import { deskOf, peopleOf, visitorWith } from "../support/desk.ts";
import { testOffice } from "../support/office.ts";

const test = testOffice();
const [ACME, OTHER] = ["opacme0001", "opother001"];
const WISH = { address: "https://adapter.acme.co.ke/", secret: `whsec_${Buffer.alloc(32).toString("base64")}` };
let parts: ReturnType<typeof deskOf> & { conformance: ConformanceParts };
const work: Promise<unknown>[] = [];

beforeAll(() => {
  const conformance: ConformanceParts = {
    office: test.office, envelope: ENVELOPE, clock: Date.now, random, signer: () => logSigner("register.test/conformance", PAIR_KEY), testChecks: async () => null, wait: async () => undefined,
    afterwards: (promise) => void work.push(promise), report: () => undefined,
    sending: { fetch: async () => new Response(null, { status: 500 }), clock: Date.now, deadline: (ms) => AbortSignal.timeout(ms), terms: { own: "register.test", loopback: false } },
  };
  parts = { ...deskOf(test.office), conformance };
});

const member = async (role: Role, operator: string | null) => ({ visitor: (await peopleOf(test).staff(role, operator)).visitor, operator });
const form = () => ({ ...WISH, formId: uuidv7(Date.now(), random) });

describe("an operator's people at the conformance kit", () => {
  it("begin a run, once however often the form is sent, and see what came of it", async () => {
    const asked = await member("operator_admin", ACME);
    const wish = form();
    const begun = await begin(parts, { ...asked, ...wish });
    expect(begun).toMatchObject({ ok: true });
    expect(await begin(parts, { ...asked, ...wish })).toEqual(begun);
    expect(await begin(parts, { ...asked, ...wish, address: "https://elsewhere.co.ke/" })).toEqual({ ok: false, refusal: "command-reused" });
    await Promise.all(work);
    const { runId } = begun as { runId: string };
    expect(await run(parts, { ...asked, runId })).toMatchObject({ ok: true, run: { id: runId, state: "failed", address: WISH.address }, certificate: null });
    expect(await runs(parts, asked)).toMatchObject({ ok: true, runs: [{ id: runId }], may: { run: true } });
    expect(await runs(parts, await member("operator_user", ACME))).toMatchObject({ ok: true, runs: [{ id: runId }], may: { run: false } });
    for (const other of [await member("operator_admin", OTHER), { ...asked, operator: OTHER }]) expect(await run(parts, { ...other, runId })).toEqual({ ok: false, refusal: "not-found" });
  });

  it("are told what is wrong, and begin no second one meanwhile", async () => {
    const asked = await member("operator_admin", OTHER);
    for (const address of ["", "kenbet", "http://kenbet.co.ke/", "https://10.0.0.1/", "https://register.test/", "x".repeat(5_000)]) expect(await begin(parts, { ...asked, ...form(), address })).toEqual({ ok: false, refusal: "address-unfit" });
    for (const secret of ["", "whsec_", "a secret"]) expect(await begin(parts, { ...asked, ...form(), secret })).toEqual({ ok: false, refusal: "secret-unfit" });
    const [first, second] = await Promise.all([begin(parts, { ...asked, ...form() }), begin(parts, { ...asked, ...form() })]);
    expect([first, second].filter(({ ok }) => ok)).toHaveLength(1);
    expect([first, second]).toContainEqual({ ok: false, refusal: "under-way" });
    await Promise.all(work);
  });

  it("are they alone: nobody else's role, and nobody who is not signed in", async () => {
    for (const role of ["operator_user", "api_user"] as const) expect(await begin(parts, { ...(await member(role, ACME)), ...form() })).toEqual({ ok: false, refusal: "not-found" });
    for (const role of ["super_admin", "grak_officer", "citizen"] as const) expect(await runs(parts, { ...(await member(role, null)), operator: ACME })).toEqual({ ok: false, refusal: "not-found" });
    for (const unread of [null, {}, { visitor: visitorWith(null), operator: ACME }]) expect(await runs(parts, unread)).toEqual({ ok: false, refusal: "signed-out" });
  });
});
