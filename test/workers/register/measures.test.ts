import { describe, expect, test } from "vitest";
import type { ImposeCommand } from "../../../src/domains/exclusions/measures-rpc.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY, HOUR } from "../../../src/kernel/clock.ts";
import { START } from "./doubles.ts";
import { keptRegister } from "./kept-register.ts";
import { aCommand, aRegister, excluded, phone, registered, typed } from "./support.ts";

const decided = (caseReference = "CS-1") => ({ commandId: crypto.randomUUID(), caseReference, officers: ["officer 1", "officer 2"] as const });
const shown = (number: number) => ({ ...phone(number), evidence: "officer" as const });
const aMeasure = (number: number, more: Partial<ImposeCommand> = {}): ImposeCommand => ({
  ...decided(), origin: "family", identifiers: [shown(number)], box: new Uint8Array([1]), endsAt: START + 400 * DAY, measureUntil: START + 3 * DAY, ...more,
});
const hex = (...identifiers: { p: Uint8Array }[]) => identifiers.map(({ p }) => toHex(p)).toSorted();

describe("officers' decisions, by Register's public door", () => {
  test("a measure is in force at once, is upheld, listed for the office with its origin and case, and found", async () => {
    const { api, goTo } = aRegister();
    const command = aMeasure(1);
    const imposed = await api.impose(command);
    expect(imposed).toMatchObject({ ok: true, receipt: { state: "provisional", origin: "family", caseReference: "CS-1" } });
    expect(await api.impose(command)).toEqual(imposed);
    expect(await excluded(api)).toEqual(hex(phone(1)));
    expect(await api.uphold({ ...decided(), endsAt: START + 5 * DAY })).toMatchObject({ ok: true, receipt: { state: "active" } });
    const { exclusions } = await api.projection(0, 500);
    expect(exclusions).toMatchObject([{ origin: "family", caseReference: "CS-1", policy: "custom", channel: "office", identifiers: [{ evidence: "officer", standing: "firm" }] }]);
    const { reference } = exclusions[0]!;
    expect(await api.statedIn(phone(1).p)).toEqual([reference]);
    expect(await api.byReference(reference)).toMatchObject({ personId: imposed.ok && imposed.personId, receipt: { reference } });
    expect(await api.lengthenTo({ ...decided(), reference, endsAt: START + 6 * DAY })).toEqual({ ok: false, refusal: "not-now" });
    await goTo(START + 5 * DAY);
    expect(await excluded(api)).toEqual([]);
  });

  test("one's own is annulled by the alarm after the configured time, a typed document at once, and a case's lifted", async () => {
    const { api, goTo } = aRegister();
    const { reference } = await registered(api, aCommand("permanent", phone(1), [typed(1)]));
    expect(await api.review({ ...decided(), reference, granted: true })).toMatchObject({ ok: false, refusal: "too-early" });
    expect(await api.annulDocument({ ...decided(), p: typed(1).p })).toEqual({ ok: true, exclusions: 1 });
    expect(await api.beginAnnulment({ ...decided(), reference })).toMatchObject({ ok: true, receipt: { annulsAt: START + 72 * HOUR } });
    expect(await api.stopAnnulment({ commandId: "o", reference, by: "officer 3" })).toMatchObject({ ok: true });
    await api.beginAnnulment({ ...decided(), reference });
    await api.impose(aMeasure(2, { measureUntil: null }));
    expect(await excluded(api)).toEqual(hex(phone(1), phone(2)));
    await goTo(START + 72 * HOUR);
    expect(await excluded(api)).toEqual(hex(phone(2)));
    expect(await api.dismiss(decided())).toMatchObject({ ok: true });
    expect(await excluded(api)).toEqual([]);
  });
});

test("a Register that was rolled back keeps, by its case, what was upheld or imposed anew meanwhile, and what somebody objected to", async () => {
  const { api, left, image, putBack, restore, members, goTo } = keptRegister();
  await api.impose(aMeasure(1));
  const { reference } = await registered(api, aCommand("permanent", phone(2)));
  await api.beginAnnulment({ ...decided(), reference });
  await left();
  const old = await image();
  await api.impose(aMeasure(3, { ...decided("CS-3"), measureUntil: null, endsAt: START + 6 * DAY }));
  await left();
  await putBack(old);
  await api.setNow(START + 1_000);
  await api.impose(aMeasure(3, { ...decided("CS-3"), measureUntil: null, endsAt: START + 7 * DAY }));
  await api.uphold({ ...decided(), endsAt: START + 8 * DAY });
  await api.stopAnnulment({ commandId: "o", reference, by: "officer 3" });
  await api.poll(0).catch(() => undefined);
  expect((await restore()).state).toBe("in-order");
  expect(await members()).toEqual(hex(phone(1), phone(2), phone(3)));
  await goTo(START + 7 * DAY - 1);
  expect(await members()).toEqual(hex(phone(1), phone(2), phone(3)));
  await goTo(START + 8 * DAY);
  expect(await members()).toEqual(hex(phone(2)));
});
