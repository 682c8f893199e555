import { describe, expect, test } from "vitest";
import type { ReleaseCommand } from "../../../src/domains/exclusions/identifiers-rpc.ts";
import type { StatedIdentifier } from "../../../src/domains/exclusions/model.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY } from "../../../src/kernel/clock.ts";
import { START } from "./doubles.ts";
import { aCommand, aRegister, excluded, phone, registered, typed } from "./support.ts";

const BOX = new Uint8Array([7]);
const hex = (...identifiers: StatedIdentifier[]) => identifiers.map(({ p }) => toHex(p)).toSorted();

function aPeopledRegister() {
  const register = aRegister();
  const { api, rows } = register;
  const holder = async (number: number) => (await api.holderOf(phone(number).p))!;
  const confirm = async (number: number, document: StatedIdentifier, commandId: string = crypto.randomUUID()) =>
    api.confirm({ commandId, personId: await holder(number), p: document.p });
  const release = (number: number, more: Partial<ReleaseCommand> = {}) =>
    api.releasePhone({ commandId: crypto.randomUUID(), phone: phone(number).p, document: { kind: "national_id", p: typed(99).p }, by: "registry", box: BOX, ...more });
  const actions = async () => (await rows<{ action: string; channel: string }>("select action, channel from audit order by position")).map(({ action, channel }) => `${action} ${channel}`);
  return { ...register, holder, confirm, release, actions };
}

describe("a document the registry knows", () => {
  test("is firm from then on, once, and outlives its days", async () => {
    const { api, confirm, goTo, actions, rows } = aPeopledRegister();
    await registered(api, aCommand("1y", phone(1), [typed(1)]));
    expect(await confirm(1, typed(1), "c")).toEqual({ ok: true, standing: "firm" });
    expect(await confirm(1, typed(1), "c")).toEqual({ ok: true, standing: "firm" });
    expect(await confirm(1, typed(1))).toEqual({ ok: true, standing: "firm" });
    expect(await confirm(1, typed(2), "c")).toEqual({ ok: false, refusal: "command-reused" });
    await goTo(START + 30 * DAY);
    expect(await excluded(api)).toEqual(hex(phone(1), typed(1)));
    expect((await api.exclusionsOf(phone(1).p))[0]!.identifiers).toEqual([{ kind: "msisdn", provisionalUntil: null }, { kind: "national_id", provisionalUntil: null }]);
    expect(await actions()).toEqual(["exclusion.registered web", "exclusion.identifier-confirmed registry"]);
    expect(await api.holdersOf([typed(1).p])).toHaveLength(1);
    expect(await rows("select payload from audit")).not.toContain(toHex(typed(1).p));
  });

  test("that dropped off while the registry was away is in force again", async () => {
    const { api, confirm, goTo } = aPeopledRegister();
    await registered(api, aCommand("1y", phone(1), [typed(1)]));
    await goTo(START + 14 * DAY);
    expect(await excluded(api)).toEqual(hex(phone(1)));
    expect(await confirm(1, typed(1))).toEqual({ ok: true, standing: "firm" });
    expect(await excluded(api)).toEqual(hex(phone(1), typed(1)));
  });

  test("that was mistyped first counts, and the mistyped one still drops off", async () => {
    const { api, confirm, goTo } = aPeopledRegister();
    await registered(api, aCommand("1y", phone(1), [typed(1)]));
    await registered(api, aCommand("1y", phone(1), [typed(2)]));
    expect(await excluded(api)).toEqual(hex(phone(1), typed(1)));
    expect(await confirm(1, typed(2))).toEqual({ ok: true, standing: "firm" });
    await goTo(START + 14 * DAY);
    expect(await excluded(api)).toEqual(hex(phone(1), typed(2)));
  });

  test("behind which three phones stand waits for an officer and changes nothing", async () => {
    const { api, confirm, actions } = aPeopledRegister();
    for (const number of [1, 2, 3, 4]) await registered(api, aCommand("1y", phone(number), [typed(1)]));
    const before = await api.poll(0);
    expect(await confirm(4, typed(1))).toEqual({ ok: true, standing: "held" });
    expect((await api.poll(0)).rows).toEqual(before.rows);
    expect((await actions()).at(-1)).toBe("exclusion.registered web");
  });

  test("of nobody, of an exclusion that is over, or that is a phone, is confirmed by nothing", async () => {
    const { api, confirm, goTo } = aPeopledRegister();
    await registered(api, aCommand("24h", phone(1), [typed(1)]));
    const nothing = { ok: false, refusal: "nothing-to-confirm" };
    expect(await api.confirm({ commandId: "x", personId: crypto.randomUUID(), p: typed(1).p })).toEqual(nothing);
    expect([await confirm(1, typed(2)), await confirm(1, phone(1))]).toEqual([nothing, nothing]);
    await goTo(START + DAY);
    expect(await confirm(1, typed(1))).toEqual(nothing);
    expect(await excluded(api)).toEqual([]);
  });
});

describe("a phone that somebody else has by now", () => {
  async function anExcludedPerson() {
    const register = aPeopledRegister();
    await registered(register.api, aCommand("permanent", phone(1), [typed(1)], { box: BOX }));
    await register.confirm(1, typed(1));
    return register;
  }

  test("alone leaves its holder's exclusion, who stays excluded by all else, and is nobody's", async () => {
    const { api, release, goTo, actions, holder, rows } = await anExcludedPerson();
    const personId = await holder(1);
    await goTo(START + 90 * DAY);
    const delivered = await api.undelivered(10);
    await api.delivered(delivered.map(({ id }) => id));
    expect(await release(1, { commandId: "r" })).toEqual({ ok: true });
    expect(await excluded(api)).toEqual(hex(typed(1)));
    expect((await api.poll(0)).rows.at(-1)).toMatchObject({ type: "released", p: phone(1).p });
    expect([await api.holderOf(phone(1).p), await api.exclusionsOf(phone(1).p), await api.holdersOf([phone(1).p])]).toEqual([null, [], [[]]]);
    expect(await api.undelivered(10)).toMatchObject([{ topic: "release", personId, commandId: "r", box: BOX }]);
    expect((await actions()).at(-1)).toBe("exclusion.identifier-released registry");
    expect(JSON.stringify(await rows("select * from audit"))).not.toContain(personId);
    expect(await release(1, { commandId: "r" })).toEqual({ ok: true });
    expect(await release(1)).toEqual({ ok: false, refusal: "nothing-to-release" });
  });

  test("begins with nothing for who has it now: their own exclusion is another person's", async () => {
    const { api, release, goTo, holder } = await anExcludedPerson();
    const before = await holder(1);
    await goTo(START + 90 * DAY);
    await release(1);
    const receipt = await registered(api, aCommand("24h", phone(1)));
    expect(await api.exclusionsOf(phone(1).p)).toEqual([receipt]);
    expect(await holder(1)).not.toBe(before);
    expect(await api.holdersOf([phone(1).p])).toEqual([[await holder(1)]]);
    await goTo(START + 92 * DAY);
    expect(await excluded(api)).toEqual(hex(typed(1)));
  });

  test("leaves its holder's ended exclusions too, so that no check of it is theirs any more", async () => {
    const { api, release, goTo, confirm, rows } = aPeopledRegister();
    await registered(api, aCommand("24h", phone(1), [typed(1)]));
    await confirm(1, typed(1));
    await goTo(START + 100 * DAY);
    const log = (await api.poll(0)).rows;
    expect(await release(1)).toEqual({ ok: true });
    expect((await api.poll(0)).rows).toEqual(log);
    expect(await rows("select kind, standing from exclusionIdentifiers order by rowid")).toEqual([{ kind: "msisdn", standing: "released" }, { kind: "national_id", standing: "firm" }]);
  });

  test("stays where its holder may be the one who asks, and nothing is written", async () => {
    const { api, release, goTo, actions } = await anExcludedPerson();
    const early = await release(1);
    await goTo(START + 90 * DAY);
    const own = await release(1, { document: { kind: "national_id", p: typed(1).p } });
    const officer = await release(1, { document: { kind: "national_id", p: typed(1).p }, by: "officer" });
    expect([early, own, officer].map((answer) => !answer.ok && answer.refusal)).toEqual(["proven-lately", "own-document", "own-document"]);
    expect(await excluded(api)).toEqual(hex(phone(1), typed(1)));
    expect(await actions()).toEqual(["exclusion.registered web", "exclusion.identifier-confirmed registry"]);
    expect(await release(2)).toEqual({ ok: false, refusal: "nothing-to-release" });
  });

  test("of somebody nothing proven is known of goes by an officer alone", async () => {
    const { api, release, goTo } = aPeopledRegister();
    await registered(api, aCommand("permanent", phone(1), [typed(1)]));
    await goTo(START + 400 * DAY);
    expect(await release(1)).toEqual({ ok: false, refusal: "no-document" });
    expect(await release(1, { by: "officer" })).toEqual({ ok: true });
    expect(await excluded(api)).toEqual([]);
    expect(await registered(api, aCommand("24h", phone(1)))).toMatchObject({ state: "active" });
  });
});

test("identifiers added during an exclusion are covered too, and none is shed", async () => {
  const { api, confirm } = aPeopledRegister();
  await registered(api, aCommand("1y", phone(1)));
  await registered(api, aCommand("24h", phone(1), [typed(1)]));
  await registered(api, aCommand("24h", phone(1), [typed(2, "passport")]));
  expect(await confirm(1, typed(2))).toEqual({ ok: true, standing: "firm" });
  await registered(api, aCommand("24h", phone(2), [typed(1)]));
  expect(await excluded(api)).toEqual(hex(phone(1), phone(2), typed(1), typed(2)));
});
