import { describe, expect, it } from "vitest";
import * as entrance from "../../../src/domains/authentication/sign-in/index.ts";
import { before, entranceParts, RIGHT_CODE } from "../../support/entrance.ts";
import { testOffice } from "../../support/office.ts";

const test = testOffice();
let phones = 0;
const freshPhone = (): string => `07120${String(++phones).padStart(5, "0")}`;
const PASSWORD = "three brown cows";

const form = (phone: string) => ({ visitor: before(), formId: crypto.randomUUID(), phone, name: "Wanjirũ wa Ng'ang'a", dateOfBirth: "27 3 1990", locale: "en" as const, again: false });

describe("the way in", () => {
  it("sign up, out, in", async () => {
    const { parts } = entranceParts(test.office);
    const phone = freshPhone();
    const up = await entrance.signUp(parts, { ...form(phone), code: RIGHT_CODE, password: PASSWORD });
    if (!up.ok) throw new Error(up.refusal);
    expect(await entrance.whoAmI(parts, before(up.entered))).toEqual({ stage: "full", roles: [{ role: "citizen", operator: null }], phone: "+254 7•• ••• 001" });
    await entrance.signOut(parts, before(up.entered));
    expect(await entrance.whoAmI(parts, before(up.entered))).toBeNull();
    const inn = await entrance.signIn(parts, { visitor: before(), phone, password: PASSWORD, locale: "en" });
    expect(inn).toMatchObject({ ok: true });
    expect(await entrance.signIn(parts, { visitor: before(), phone, password: `${PASSWORD}s`, locale: "en" })).toEqual({ ok: false, refusal: "sign-in-failed", field: null });
  });
});
