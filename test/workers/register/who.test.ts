import { expect, test } from "vitest";
import { toHex } from "../../../src/kernel/bytes.ts";
import { HOUR, MINUTE } from "../../../src/kernel/clock.ts";
import { START } from "./doubles.ts";
import { aCommand, aRegister, phone, registered, typed } from "./support.ts";

const PAGE = { sort: "at", after: null, limit: 10 } as const;

test("who holds a token is noted for who is excluded, through the object's own door", async () => {
  const { api, rows } = aRegister();
  await registered(api, aCommand("1y", phone(1), [typed(1)]));
  const identifiers = [phone(1), phone(2), typed(1)].map(({ kind, p }) => ({ kind, p }));
  expect(await api.noteIssued({ operator: "opa", identifiers })).toEqual({ excluded: 2 });
  await api.noteChecked({ operator: "opb", checks: [{ p: phone(1).p, hour: START }, { p: phone(2).p, hour: START }] });
  const personId = (await api.holderOf(phone(1).p))!;
  expect((await api.tokenHoldings(personId)).holdings.map(({ operator, source, kind }) => [operator, source, kind])).toEqual([
    ["opa", "issued", "msisdn"], ["opb", "checked", "msisdn"],
  ]);
  await api.watchHoldings(personId, true);
  expect((await api.tokenHoldings(personId)).askedSince).toBe(START);
  expect(await rows("select personId from tokenHoldings union select personId from holdingConsents")).toEqual([{ personId }]);
  const tooMany = Array.from({ length: 1_001 }, () => identifiers[0]!);
  expect(await api.noteIssued({ operator: "opa", identifiers: tooMany }).then(String, String)).toContain("more than 1000");
});

test("cross-references are read in pages, with the exclusions of both; what nobody has is nothing", async () => {
  const { api, goTo } = aRegister();
  const first = await registered(api, aCommand("1y", phone(1), [typed(1)]));
  await goTo(START + MINUTE);
  const second = await registered(api, aCommand("1y", phone(2), [typed(1)]));
  await goTo(START + HOUR);
  await registered(api, aCommand("1y", phone(3), [typed(1)]));
  const all = await api.crossReferences(PAGE);
  expect(all).toHaveLength(3);
  const [one] = all as [(typeof all)[number]];
  expect(one).toMatchObject({ at: START + MINUTE, kind: "national_id", references: [second.reference], otherReferences: [first.reference] });
  expect(await api.crossReferences({ ...PAGE, limit: 1, after: [one.at, one.position] })).toEqual([all[1]]);
  expect(await api.crossReferences({ ...PAGE, sort: "-at", limit: 1 })).toEqual([all[2]]);
  expect(await api.crossReferenceAt(one.position)).toEqual(one);
  expect([await api.crossReferenceAt(99), await api.salvaged({ ...PAGE, sort: "salvagedAt" }), await api.linkedTo("NSER-NONE")]).toEqual([null, [], null]);
  expect(await api.crossReferences({ ...PAGE, limit: 1_001 }).then(String, String)).toContain("more than 1000");
});

test("whose exclusion it is, everybody who stated what they did, and which exclusions an identifier is in force in", async () => {
  const { api } = aRegister();
  const { reference } = await registered(api, aCommand("1y", phone(1), [typed(1)]));
  const other = await registered(api, aCommand("1y", phone(2), [typed(1)]));
  const linked = (await api.linkedTo(reference))!;
  expect(linked).toMatchObject({ personId: await api.holderOf(phone(1).p), excluded: true });
  expect(linked.identifiers.map(({ p, kind, statements }) => [toHex(p), kind, statements.length])).toEqual([
    [toHex(phone(1).p), "msisdn", 1], [toHex(typed(1).p), "national_id", 2],
  ]);
  expect((await api.excludedBy({ rootEpoch: 0, p: typed(1).p })).map((statement) => statement.reference).toSorted()).toEqual([reference, other.reference].toSorted());
  expect(await api.excludedBy({ rootEpoch: 0, p: phone(9).p })).toEqual([]);
  expect(await api.excludedBy({ rootEpoch: 1, p: phone(1).p }).then(String, String)).toContain("no pseudonym under this root");
});
