import { evictDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../../src/kernel/clock.ts";
import { START } from "./doubles.ts";
import { aCommand, aRegister, excluded, phone, registered, typed } from "./support.ts";

describe("the promised end", () => {
  test("of an automatic exclusion releases by alarm, not a millisecond early, and the person hears of it", async () => {
    const { api, goTo, rows } = aRegister();
    await registered(api, aCommand("24h", phone(1), [typed(1)]));
    await goTo(START + DAY - 1);
    expect(await excluded(api)).toHaveLength(2);
    await goTo(START + DAY);
    const { rows: log } = await api.poll(2);
    expect(log.map(({ seq, type, t }) => [seq, type, t])).toEqual([[3, "released", START + DAY], [4, "released", START + DAY]]);
    expect(await api.exclusionsOf(phone(1).p)).toMatchObject([{ state: "ended", endedAt: START + DAY }]);
    const notices = (await api.undelivered(10)).map((delivery) => delivery.topic === "notice" && delivery.notice.template);
    expect(notices).toEqual(["exclusion-started", "exclusion-ended"]);
    expect(await rows("select action, channel from audit order by position desc limit 1")).toEqual([
      { action: "exclusion.ended", channel: "clock" },
    ]);
  });

  test("of a confirmed exclusion passes, and it stays in force", async () => {
    const { api, goTo } = aRegister();
    const { endsAt } = await registered(api, aCommand("6m", phone(1)));
    await goTo(endsAt! + 400 * DAY);
    expect(await api.exclusionsOf(phone(1).p)).toMatchObject([{ state: "active", endedAt: null }]);
    expect(await excluded(api)).toEqual([toHex(phone(1).p)]);
  });

  test("is no way out of a confirmed exclusion: 24 hours on top of it do not end it", async () => {
    const { api, goTo } = aRegister();
    const { endsAt } = await registered(api, aCommand("6m", phone(1)));
    await goTo(endsAt! + DAY);
    expect(await registered(api, aCommand("24h", phone(1)))).toMatchObject({ endMode: "confirmed", endsAt: endsAt! + 2 * DAY });
    await goTo(endsAt! + 30 * DAY);
    expect(await excluded(api)).toEqual([toHex(phone(1).p)]);
  });

  test("moves with an extension", async () => {
    const { api, goTo } = aRegister();
    await registered(api, aCommand("24h", phone(1)));
    await api.extend({ commandId: "x", policy: "7d", channel: "web", phone: phone(1).p });
    await goTo(START + 6 * DAY);
    expect(await excluded(api)).toHaveLength(1);
    await goTo(START + 7 * DAY);
    expect(await excluded(api)).toEqual([]);
  });

  test("of one exclusion leaves alone what another still covers", async () => {
    const { api, goTo } = aRegister();
    await registered(api, aCommand("24h", phone(1), [typed(1)]));
    await registered(api, aCommand("7d", phone(2), [typed(1)]));
    await goTo(START + DAY);
    expect(await excluded(api)).toEqual([phone(2), typed(1)].map(({ p }) => toHex(p)).toSorted());
    await goTo(START + 7 * DAY);
    expect(await excluded(api)).toEqual([]);
  });

  test("begins nothing anew: the next exclusion is another one of the same person", async () => {
    const { api, goTo, rows } = aRegister();
    const first = await registered(api, aCommand("24h", phone(1)));
    await goTo(START + 2 * DAY);
    const second = await registered(api, aCommand("24h", phone(1)));
    expect(second.reference).not.toBe(first.reference);
    expect((await api.exclusionsOf(phone(1).p)).map(({ reference }) => reference)).toEqual([second.reference, first.reference]);
    expect(await rows("select distinct personId from exclusions")).toHaveLength(1);
  });

  test("of more exclusions than one run takes on releases them all", async () => {
    const { api, goTo } = aRegister();
    for (let number = 1; number <= 501; number++) await registered(api, aCommand("24h", phone(number)));
    await goTo(START + DAY);
    expect(await excluded(api)).toEqual([]);
    expect((await api.poll(0)).seq).toBe(1_002);
  });
});

describe("a document nothing confirmed", () => {
  test("drops off after fourteen days while the phone stays, and retyping it neither prolongs nor revives it", async () => {
    const { api, goTo } = aRegister();
    await registered(api, aCommand("1y", phone(1), [typed(1)]));
    await goTo(START + 13 * DAY);
    await registered(api, aCommand("1y", phone(1), [typed(1)]));
    await goTo(START + 14 * DAY - 1);
    expect(await excluded(api)).toHaveLength(2);
    await goTo(START + 14 * DAY);
    await registered(api, aCommand("1y", phone(1), [typed(1)]));
    expect(await excluded(api)).toEqual([toHex(phone(1).p)]);
    expect((await api.exclusionsOf(phone(1).p))[0]!.identifiers).toEqual([{ kind: "msisdn", provisionalUntil: null }]);
  });

  test("makes room for another when it dropped off", async () => {
    const { api, goTo } = aRegister();
    await registered(api, aCommand("1y", phone(1), [typed(1)]));
    await goTo(START + 14 * DAY);
    await registered(api, aCommand("1y", phone(1), [typed(2)]));
    expect(await excluded(api)).toContain(toHex(typed(2).p));
  });
});

describe("what waits for the person's vault", () => {
  test("is lent for thirty seconds, oldest first, and leaves when it was accepted", async () => {
    const { api } = aRegister();
    const box = new Uint8Array([1, 2, 3]);
    const command = aCommand("24h", phone(1), [], { box });
    await registered(api, command);
    const lent = await api.undelivered(1);
    expect(lent).toMatchObject([{ topic: "identity", commandId: command.commandId, box, createdAt: START }]);
    expect(await api.undelivered(10)).toMatchObject([{ topic: "notice", personId: lent[0]!.personId }]);
    expect(await api.undelivered(10)).toEqual([]);
    await api.setNow(START + 30 * SECOND);
    await api.delivered([lent[0]!.id, "unknown"]);
    expect((await api.undelivered(10)).map(({ topic }) => topic)).toEqual(["notice"]);
  });

  test("raises an alarm that names nobody when an identity waits ten minutes, again and again", async () => {
    const { api, goTo } = aRegister();
    await registered(api, aCommand("24h", phone(1), [], { box: new Uint8Array([1]) }));
    const [identity] = await api.undelivered(1);
    await goTo(START + 10 * MINUTE - 1);
    expect(await api.lines()).toEqual([]);
    await goTo(START + 10 * MINUTE);
    await goTo(START + 20 * MINUTE);
    const lines = await api.lines();
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0]!)).toMatchObject({ "log.level": "error", "waiting": 1, "oldestMs": 10 * MINUTE });
    expect(lines.join()).not.toContain(identity!.personId);
    await api.delivered([identity!.id]);
    await goTo(START + HOUR);
    expect(await api.lines()).toHaveLength(2);
  });

  test("raises none for a notice", async () => {
    const { api, goTo } = aRegister();
    await registered(api, aCommand("7d", phone(1)));
    await goTo(START + DAY);
    expect(await api.lines()).toEqual([]);
  });
});

test("an evicted Register has kept everything, and its alarm", async () => {
  const { api, goTo, stub } = aRegister();
  const command = aCommand("24h", phone(1), [typed(1)], { box: new Uint8Array([1]) });
  const result = await api.register(command);
  const before = await api.poll(0);
  await evictDurableObject(stub);
  expect(await api.poll(0)).toEqual(before);
  expect(await api.register(command)).toEqual(result);
  await evictDurableObject(stub);
  await goTo(START + DAY);
  expect(await excluded(api)).toEqual([]);
});
