import { beforeEach, expect, test } from "vitest";
import { forget } from "../../../../src/domains/exclusions/index.ts";
import { noteChecked, noteIssued, tokenHoldings, watchHoldings } from "../../../../src/domains/exclusions/who/index.ts";
import type { StatedIdentifier } from "../../../../src/domains/exclusions/model.ts";
import { DAY, HOUR } from "../../../../src/kernel/clock.ts";
import { startOfDay } from "../../../../src/kernel/periods.ts";
import { phone, pseudonym, RegisterHere, typed } from "../../../support/register.ts";

let register: RegisterHere;
beforeEach(() => void (register = new RegisterHere()));

const issued = (operator: string, ...identifiers: StatedIdentifier[]) =>
  register.carryOut((database, now) => noteIssued(database, { operator, identifiers: identifiers.map(({ kind, p }) => ({ kind, p })) }, now));
const checked = (operator: string, hour: number, ...ps: Uint8Array[]) =>
  register.carryOut((database) => noteChecked(database, { operator, checks: ps.map((p) => ({ p, hour })) }));
const personOf = (n: number): string => String(register.rows(`select personId from phoneHolders where hex(p) = hex(x'${Buffer.from(phone(n).p).toString("hex")}')`)[0]!.personId);
const kept = (n: number) => register.carryOut((database) => tokenHoldings(database, personOf(n)));
const watch = (n: number, wanted: boolean) => register.carryOut((database, now) => watchHoldings(database, personOf(n), wanted, now));
const everyRow = () => register.rows("select * from tokenHoldings");

test("of a thousand customers the excluded ones are kept by kind, once each, and counted; of everybody else there is no row anywhere", () => {
  register.register(1, "1y", 1);
  const before = register.rows("select name from sqlite_master where type = 'table'").map(({ name }) => [name, register.rows(`select * from "${String(name)}"`).length]);
  const others = Array.from({ length: 998 }, (_, at) => phone(1_000 + at));
  expect(issued("opa", ...others, phone(1), phone(1))).toEqual({ excluded: 2 });
  const day = startOfDay(register.now);
  expect(everyRow()).toEqual([{ personId: personOf(1), operator: "opa", kind: "msisdn", source: "issued", firstAt: day, lastAt: day }]);
  const after = register.rows("select name from sqlite_master where type = 'table'").map(({ name }) => [name, register.rows(`select * from "${String(name)}"`).length]);
  expect(after.filter(([name]) => name !== "tokenHoldings")).toEqual(before.filter(([name]) => name !== "tokenHoldings"));
  expect(() => issued("opa", ...others, ...others)).toThrow(RangeError);
});

test("whoever typed somebody's document is not told where that person plays, though it counts as excluded", () => {
  register.register(1, "1y", 1);
  expect(issued("opa", typed(1))).toEqual({ excluded: 1 });
  expect(everyRow()).toEqual([]);
});

test("it widens by days, and what comes late or again changes nothing", () => {
  register.register(1, "1y");
  const first = startOfDay(register.now);
  register.wait(3 * DAY);
  issued("opa", phone(1));
  checked("opa", first + 12 * HOUR, phone(1).p);
  checked("opa", register.now, phone(1).p);
  checked("opa", first + 12 * HOUR, phone(1).p);
  expect(kept(1)).toEqual({ askedSince: null, holdings: [
    { operator: "opa", kind: "msisdn", source: "checked", firstAt: first, lastAt: first + 3 * DAY },
    { operator: "opa", kind: "msisdn", source: "issued", firstAt: first + 3 * DAY, lastAt: first + 3 * DAY },
  ] });
});

test("a check from before somebody was excluded tells nothing of them", () => {
  register.register(1, "1y");
  checked("opa", register.now - 2 * DAY, phone(1).p);
  expect(everyRow()).toEqual([]);
});

test("when the last exclusion is over the rows leave, and nothing that comes afterwards brings any", () => {
  register.register(1, "24h");
  issued("opa", phone(1));
  expect(everyRow()).toHaveLength(1);
  const during = register.now;
  register.wait(2 * DAY);
  expect(register.receipts(1)[0]!.state).toBe("ended");
  expect(everyRow()).toEqual([]);
  expect(issued("opa", phone(1))).toEqual({ excluded: 0 });
  checked("opa", during, phone(1).p);
  expect(everyRow()).toEqual([]);
});

test("who asked keeps being told afterwards; who no longer asks keeps what they are excluded for alone", () => {
  register.register(1, "24h");
  watch(1, true);
  register.wait(2 * DAY);
  expect(issued("opa", phone(1))).toEqual({ excluded: 0 });
  expect(kept(1)).toMatchObject({ askedSince: register.now - 2 * DAY, holdings: [{ operator: "opa" }] });
  watch(1, true);
  expect(kept(1).askedSince).toBe(register.now - 2 * DAY);
  watch(1, false);
  expect(kept(1)).toEqual({ askedSince: null, holdings: [] });
  register.register(1, "1y");
  watch(1, true);
  issued("opb", phone(1));
  watch(1, false);
  expect(kept(1)).toMatchObject({ askedSince: null, holdings: [{ operator: "opb" }] });
});

test("a check from before somebody asked is none of what they asked for", () => {
  register.register(1, "24h");
  const during = register.now;
  register.wait(2 * DAY);
  watch(1, true);
  checked("opa", during, phone(1).p);
  expect(everyRow()).toEqual([]);
});

test("who is forgotten is forgotten here too", () => {
  register.register(1, "24h");
  const personId = personOf(1);
  watch(1, true);
  issued("opa", phone(1));
  register.wait(2 * DAY);
  register.wait(8 * 366 * DAY);
  expect(everyRow()).toHaveLength(1);
  expect(register.carryOut((database, now, random) => forget(database, personId, now, random))).toEqual({ ok: true });
  expect([...everyRow(), ...register.rows("select * from holdingConsents")]).toEqual([]);
});

test("a phone that became somebody else's tells its last holder nothing any more", () => {
  register.register(1, "1y");
  register.rows("update exclusionIdentifiers set standing = 'released'");
  issued("opa", { ...phone(1), p: pseudonym(1) });
  expect(everyRow()).toEqual([]);
});

test("what was noted and asked after rows were lost is there once Register is restored, and of who is over no more than before", () => {
  register.register(1, "1y");
  issued("opa", phone(1));
  const later = register.twin();
  later.wait(3 * DAY);
  later.carryOut((database, now) => {
    noteIssued(database, { operator: "opa", identifiers: [phone(1)] }, now);
    noteIssued(database, { operator: "opb", identifiers: [phone(1)] }, now);
    watchHoldings(database, personOf(1), true, now);
  });
  const day = startOfDay(register.now);
  register.now = later.now;
  register.takeIn(later);
  expect(kept(1)).toEqual({ askedSince: later.now, holdings: [
    { operator: "opa", kind: "msisdn", source: "issued", firstAt: day, lastAt: day + 3 * DAY },
    { operator: "opb", kind: "msisdn", source: "issued", firstAt: day + 3 * DAY, lastAt: day + 3 * DAY },
  ] });
});
