import { describe, expect, it } from "vitest";
import { Grants } from "../../../src/domains/authentication/index.ts";
import * as citizen from "../../../src/domains/exclusions/citizen/index.ts";
import type { EndingRefusal } from "../../../src/domains/exclusions/ending-rpc.ts";
import { MINUTE } from "../../../src/kernel/clock.ts";
import { random } from "../../../src/objects/shell.ts";
import { anOffice, OTHER_FORM, P, PERSON, receipt } from "../../support/citizen.ts";

const { askToEnd, confirmEnding, keep } = citizen;
const ACTS = { askToEnd, confirmEnding, keep };

describe("ending and keeping", () => {
  const { reference } = receipt;

  async function holder(provenAt = 0) {
    const office = anOffice();
    const grants = new Grants(new Uint8Array(32).fill(5), () => provenAt, random);
    const parts = (now: number): citizen.CitizenParts => ({ ...office.parts, grants: new Grants(new Uint8Array(32).fill(5), () => now, random), clock: () => now });
    return { ...office, parts, act: { grant: await grants.issue({ phone: P, maskedPhone: "", personId: null }), formId: OTHER_FORM, reference } };
  }

  it.each(["askToEnd", "confirmEnding", "keep"] as const)("%s tells Register the proven phone, the reference and the form", async (verb) => {
    const { parts, act, register, filled } = await holder();
    expect(await ACTS[verb](parts(0), { ...act, reference: "nser 1111 1111 1j" })).toEqual({ ok: true, receipt });
    expect(register.acts).toEqual([{ verb, commandId: OTHER_FORM, phone: P, reference, channel: "web" }]);
    expect(filled()).toBe(1);
  });

  it("takes a code of the last five minutes to ask and to confirm, and none to keep", async () => {
    const { parts, act, register } = await holder();
    const late = parts(5 * MINUTE);
    for (const verb of ["askToEnd", "confirmEnding"] as const) {
      expect(await ACTS[verb](late, act)).toEqual({ ok: false, refusal: "code-too-old", field: null });
      expect(await ACTS[verb](parts(5 * MINUTE - 1), act)).toMatchObject({ ok: true });
    }
    expect(await citizen.keep(late, act)).toMatchObject({ ok: true });
    expect(await citizen.keep(parts(15 * MINUTE), act)).toMatchObject({ refusal: "grant-invalid" });
    expect(register.acts.map(({ verb }) => verb)).toEqual(["askToEnd", "confirmEnding", "keep"]);
  });

  it.each<[EndingRefusal, object]>([
    [{ refusal: "minimum-runs", from: 7 }, { refusal: "minimum-runs", from: 7 }],
    [{ refusal: "nothing-asked" }, { refusal: "nothing-asked" }],
    [{ refusal: "command-reused" }, { refusal: "form-reused" }],
  ])("hands on %o, and has nothing carried", async (refusal, said) => {
    const { parts, act, filled } = await holder();
    const refusing = { ...parts(0), register: { ...parts(0).register, askToEnd: async () => ({ ok: false as const, ...refusal }) } };
    expect(await citizen.askToEnd(refusing, act)).toEqual({ ok: false, ...said, field: null });
    expect(filled()).toBe(0);
  });

  it("asks Register nothing without a grant, a form or a reference that can be one, nor once the phone is somebody else's", async () => {
    const { parts, act, register } = await holder();
    const bad = [{ grant: "x" }, { grant: null }, { formId: "1" }, { formId: undefined }, { reference: "NSER-1111111111" }, { reference: null }, { reference: "PC-111111111J" }];
    for (const verb of ["askToEnd", "confirmEnding", "keep"] as const) {
      for (const change of bad) expect((await ACTS[verb](parts(0), { ...act, ...change })).ok, JSON.stringify(change)).toBe(false);
      for (const nothing of [undefined, null, "x", 7, []]) expect((await ACTS[verb](parts(0), nothing)).ok).toBe(false);
      const later = { ...parts(0), register: { ...parts(0).register, holderOf: async () => PERSON } };
      expect(await ACTS[verb](later, act)).toMatchObject({ refusal: "grant-invalid" });
    }
    expect(register.acts).toEqual([]);
  });

  it("shows a receipt with its history, and one that is not theirs like one there never was", async () => {
    const { parts, act: { grant } } = await holder();
    expect(await citizen.receipt(parts(0), { grant, reference })).toEqual({ ok: true, receipt, history: [{ at: 1, event: "began", endsAt: null }] });
    for (const other of ["NSER-9999999992", "NSER-1", ""]) expect(await citizen.receipt(parts(0), { grant, reference: other })).toEqual({ ok: false, refusal: "reference-unknown", field: null });
    expect(await citizen.receipt(parts(0), { grant: "x", reference })).toMatchObject({ refusal: "grant-invalid" });
  });
});
