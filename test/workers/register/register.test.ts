import { describe, expect, test } from "vitest";
import { toHex } from "../../../src/kernel/bytes.ts";
import type { RegisterCommand } from "../../../src/domains/exclusions/model.ts";
import { DAY, HOUR } from "../../../src/kernel/clock.ts";
import { PLAIN } from "../../support/exclusions.ts";
import { START } from "./doubles.ts";
import { aCommand, aRegister, excluded, fault, phone, pseudonym, registered, typed } from "./support.ts";

describe("a registration", () => {
  test("is in force when it is answered, and its receipt says what is", async () => {
    const { api } = aRegister();
    const result = await api.register(aCommand("24h", phone(1), [typed(1)]));
    expect(result).toMatchObject({ ok: true, outcome: "registered", sequence: 2 });
    expect(await excluded(api)).toEqual([phone(1), typed(1)].map(({ p }) => toHex(p)).toSorted());
    expect(await api.exclusionsOf(phone(1).p)).toEqual([
      {
        ...PLAIN, reference: expect.stringMatching(/^NSER-[0-9A-Z]{10}$/), policy: "24h", endMode: "automatic", startedAt: START, endsAt: START + DAY,
        identifiers: [{ kind: "msisdn", provisionalUntil: null }, { kind: "national_id", provisionalUntil: START + 14 * DAY }],
      },
    ]);
  });

  test("repeated, answers the same and changes nothing, even sealed anew and an hour later", async () => {
    const { api, rows } = aRegister();
    const command = aCommand("24h", phone(1), [typed(1)], { box: new Uint8Array([1]) });
    const first = await api.register(command);
    await api.setNow(START + HOUR);
    expect(await api.register({ ...command, box: new Uint8Array([2]) })).toEqual(first);
    const written = await rows("select (select count(*) from changes) changes, (select count(*) from audit) audit, "
      + "(select count(*) from deliveries) deliveries, (select count(*) from exclusions) exclusions");
    expect(written).toEqual([{ changes: 2, audit: 1, deliveries: 2, exclusions: 1 }]);
  });

  test("with a used command id and other content is refused and writes nothing", async () => {
    const { api } = aRegister();
    const command = aCommand("24h", phone(1));
    await registered(api, command);
    const before = await api.poll(0);
    const others: Partial<RegisterCommand>[] = [
      { policy: "1y" }, { identifiers: [phone(2)] }, { identifiers: [phone(1), typed(1)] },
    ];
    for (const other of others) {
      expect(await api.register({ ...command, ...other })).toEqual({ ok: false, refusal: "command-reused" });
    }
    const { commandId, channel, policy } = command;
    expect(await api.extend({ commandId, channel, policy, phone: phone(1).p })).toEqual({ ok: false, refusal: "command-reused" });
    expect(await api.poll(0)).toEqual(before);
  });

  test("of one phone in two forms at once makes one exclusion, and both receipts tell of it", async () => {
    const { api } = aRegister();
    const receipts = await Promise.all([registered(api, aCommand("6m", phone(1))), registered(api, aCommand("24h", phone(1)))]);
    expect(receipts[1]!.reference).toBe(receipts[0]!.reference);
    expect(receipts[1]!.endsAt).toBe(receipts[0]!.endsAt);
    expect(await api.exclusionsOf(phone(1).p)).toHaveLength(1);
  });

  test("says whose a phone is, and since when: from the first code on, however often it comes again", async () => {
    const { api } = aRegister();
    expect(await api.holdingOf(phone(1).p)).toBe(null);
    await registered(api, aCommand("24h", phone(1)));
    await api.setNow(START + HOUR);
    await registered(api, aCommand("6m", phone(1)));
    expect(await api.holdingOf(phone(1).p)).toEqual({ personId: await api.holderOf(phone(1).p), since: START });
  });

  test("that breaks midway leaves nothing", async () => {
    const { api, rows } = aRegister();
    await registered(api, aCommand("24h", phone(1)));
    const before = await api.poll(0);
    // Alike in the 72 bits a snapshot's row tells apart: the second identifier fails after the first was written.
    const alike = { ...typed(1), p: pseudonym(1).with(15, 8) };
    const command = aCommand("24h", phone(2), [alike], { box: new Uint8Array([1]) });
    expect(await fault(() => api.register(command))).toContain("first 72 bits");
    expect(await api.poll(0)).toEqual(before);
    expect(await api.exclusionsOf(phone(2).p)).toEqual([]);
    const left = await rows("select (select count(*) from commands) commands, (select count(*) from phoneHolders) holders, "
      + "(select count(*) from exclusionIdentifiers) identifiers, (select count(*) from audit) audit, "
      + "(select count(*) from covered) covered");
    expect(left).toEqual([{ commands: 1, holders: 1, identifiers: 1, audit: 1, covered: 1 }]);
    expect(await api.register({ ...command, identifiers: [phone(2)] })).toMatchObject({ ok: true });
  });

  test("without a proven phone first, or with a second one, is a fault of the caller", async () => {
    const { api } = aRegister();
    expect(await fault(() => api.register(aCommand("24h", typed(1))))).toContain("proven phone");
    expect(await fault(() => api.register(aCommand("24h", phone(1), [phone(2)])))).toContain("one phone");
    expect(await fault(() => api.register(aCommand("24h", { ...phone(1), p: new Uint8Array(15) })))).toContain("16 bytes");
    expect(await excluded(api)).toEqual([]);
  });

  test("tells the audit log in order and without anything that names a person", async () => {
    const { api, rows } = aRegister();
    const { reference } = await registered(api, aCommand("24h", phone(1), [typed(1)]));
    await registered(api, aCommand("7d", phone(1)));
    const audit = await rows<{ action: string; resource: string; payload: string }>("select * from audit order by position");
    expect(audit.map(({ action, resource }) => [action, resource])).toEqual([
      ["exclusion.registered", reference], ["exclusion.extended", reference],
    ]);
    const [{ personId }] = await rows<{ personId: string }>("select personId from phoneHolders") as [{ personId: string }];
    const text = JSON.stringify(audit);
    for (const secret of [personId, toHex(phone(1).p), toHex(typed(1).p)]) expect(text).not.toContain(secret);
  });
});

test("everybody who ever excluded themself is listed once, by id, in pages", async () => {
  const { api, rows, goTo } = aRegister();
  for (const number of [1, 2, 3, 4, 5]) await api.register(aCommand("24h", phone(number)));
  await goTo(START + 2 * DAY);
  await api.register(aCommand("24h", phone(1)));
  const persons = (await rows<{ personId: string }>("select distinct personId from exclusions")).map(({ personId }) => personId).toSorted();
  const first = await api.personsAfter("", 3);
  expect([...first, ...(await api.personsAfter(first.at(-1)!, 3))]).toEqual(persons);
  expect([persons.length, await api.personsAfter(persons.at(-1)!, 3)]).toEqual([5, []]);
  expect(await rows("explain query plan select distinct personId from exclusions where personId > '' order by personId limit 3"))
    .toMatchObject([{ detail: "SEARCH exclusions USING COVERING INDEX exclusions_of_a_person (personId>?)" }]);
  expect(await fault(() => api.personsAfter("", 1_001))).toContain("more than 1000 persons");
});

describe("the same person again", () => {
  test("is lengthened, keeps the reference, and leaves a record; the set does not change", async () => {
    const { api, rows } = aRegister();
    const first = await registered(api, aCommand("24h", phone(1)));
    const result = await api.register(aCommand("permanent", phone(1)));
    const { reference } = first;
    expect(result).toMatchObject({ ok: true, outcome: "extended", receipt: { reference, endsAt: null, startedAt: START } });
    const [begun, lengthened] = (await api.poll(0)).rows;
    expect(lengthened).toEqual({ ...begun, seq: 2, news: "extended" });
    expect(await rows("select policy, policyVersion, endMode, endsAt, at from extensions")).toEqual([
      { policy: "permanent", policyVersion: 1, endMode: "confirmed", endsAt: null, at: START },
    ]);
  });

  test("is never shortened, and is not told of what did not change", async () => {
    const { api } = aRegister();
    const first = await registered(api, aCommand("1y", phone(1)));
    const again = await api.register(aCommand("24h", phone(1)));
    expect(again).toMatchObject({ ok: true, outcome: "unchanged", receipt: { endsAt: first.endsAt, policy: "1y" } });
    expect((await api.undelivered(10)).map((delivery) => delivery.topic === "notice" && delivery.notice.template)).toEqual([
      "exclusion-started",
    ]);
  });

  test("adds a document even when the end stays", async () => {
    const { api } = aRegister();
    await registered(api, aCommand("1y", phone(1)));
    const { identifiers } = await registered(api, aCommand("24h", phone(1), [typed(1, "passport")]));
    expect(identifiers.map(({ kind }) => kind)).toEqual(["msisdn", "passport"]);
    expect(await excluded(api)).toContain(toHex(typed(1).p));
  });

  test("can extend by the phone alone; a phone that excludes nobody has nothing to extend", async () => {
    const { api } = aRegister();
    await registered(api, aCommand("24h", phone(1)));
    const extend = (number: number) =>
      ({ commandId: `extend ${number}`, policy: "7d" as const, channel: "web" as const, phone: phone(number).p });
    const result = await api.extend(extend(1));
    expect(result).toMatchObject({ ok: true, outcome: "extended", receipt: { endsAt: START + 7 * DAY } });
    expect(await api.extend(extend(1))).toEqual(result);
    expect(await api.extend(extend(2))).toEqual({ ok: false, refusal: "nothing-to-extend" });
  });
});

describe("a typed document", () => {
  test("of somebody else covers all, merges nobody, leaves a cross-reference, and the receipt does not tell", async () => {
    const { api, rows } = aRegister();
    await registered(api, aCommand("24h", phone(1), [typed(1)]));
    const known = await registered(api, aCommand("24h", phone(2), [typed(1)]));
    const unknown = await registered(api, aCommand("24h", phone(3), [typed(3)]));
    expect({ ...known, reference: "" }).toEqual({ ...unknown, reference: "" });
    expect(await excluded(api)).toHaveLength(5);
    expect((await rows("select distinct personId from phoneHolders"))).toHaveLength(3);
    const met = await rows<{ p: ArrayBuffer }>("select * from crossReferences");
    expect(met.map(({ p }) => toHex(new Uint8Array(p)))).toEqual([toHex(typed(1).p)]);
  });

  test("beside another one is held: not in force, and the receipt does not tell", async () => {
    const { api } = aRegister();
    await registered(api, aCommand("24h", phone(1), [typed(1)]));
    const { identifiers } = await registered(api, aCommand("24h", phone(1), [typed(2)]));
    expect(await excluded(api)).not.toContain(toHex(typed(2).p));
    expect(identifiers).toEqual([
      { kind: "msisdn", provisionalUntil: null },
      { kind: "national_id", provisionalUntil: START + 14 * DAY },
      { kind: "national_id", provisionalUntil: START + 14 * DAY },
    ]);
  });

  test("behind which three phones stand is held for the fourth", async () => {
    const { api, rows } = aRegister();
    for (const number of [1, 2, 3, 4]) await registered(api, aCommand("24h", phone(number), [typed(9)]));
    const counted = await rows("select standing, count(*) n from exclusionIdentifiers where evidence = 'typed' group by 1");
    expect(counted).toEqual([
      { standing: "held", n: 1 }, { standing: "provisional", n: 3 },
    ]);
    const receipts = await Promise.all([3, 4].map(async (number) => (await api.exclusionsOf(phone(number).p))[0]!.identifiers));
    expect(receipts[1]).toEqual(receipts[0]);
  });
});

describe("whoever holds the binding", () => {
  test.each(["keeping", "acts", "settings"])("reaches verbs, and nothing they stand on: %s", async (field) => {
    const { api } = aRegister();
    await expect((async () => (api as unknown as Record<string, unknown>)[field])()).rejects.toThrow(/does not implement/);
  });
});
