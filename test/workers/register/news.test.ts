import { runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/check/feed.ts";
import { eventOf } from "../../../src/domains/operators/feed/rules.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY, SECOND } from "../../../src/kernel/clock.ts";
import { enrolment } from "./kept-register.ts";
import { aRootedRegister } from "./rooted-register.ts";
import { aCommand, phone, registered, typed } from "./support.ts";

const [one, two, three] = [phone(1), phone(2), phone(3)] as const;
const paper = typed(1);

/** What an operator that is nobody in particular is told by a Register's rows. */
const toldBy = (rows: readonly Change[]) =>
  rows.flatMap((row) => {
    const event = eventOf(row, "nobody1", null);
    return event?.p ? [{ ...event, p: toHex(event.p) }] : [];
  });

describe("what operators are told by the change log", () => {
  test("of each identifier: begun, lengthened and ended, with its kind", async () => {
    const { api, goBy } = aRootedRegister();
    await registered(api, aCommand("24h", one, [paper]));
    await registered(api, aCommand("24h", one, [paper]));
    await goBy(SECOND);
    await registered(api, aCommand("6m", one));
    const told = toldBy((await api.poll(0)).rows).map(({ type, kind }) => `${type} ${kind}`);
    expect(told).toEqual([
      "exclusion.started msisdn", "exclusion.started national_id", "exclusion.extended msisdn", "exclusion.extended national_id",
    ]);
  });

  test("the end, and nothing of an identifier that another exclusion still covers", async () => {
    const { api, goBy } = aRootedRegister();
    await registered(api, aCommand("24h", one, [paper]));
    await registered(api, aCommand("24h", two, [paper]));
    await goBy(DAY + SECOND);
    const told = toldBy((await api.poll(0)).rows).map(({ type, kind, p }) => `${type} ${kind} ${p}`);
    expect(told.filter((line) => line.startsWith("exclusion.ended"))).toHaveLength(3);
    expect(new Set(told).size).toBe(told.length);
  });

  test("nothing of a rotation of the root: who is excluded under another root too is no news, and whoever comes meanwhile is told of once", async () => {
    const register = aRootedRegister();
    const { api, keys, known, rotate, goBy } = register;
    await api.enrolOperator(enrolment);
    await registered(api, aCommand("permanent", known(one)));
    await registered(api, aCommand("24h", known(two)));
    keys.newest = 1;
    await rotate();
    await goBy(SECOND);
    await registered(api, aCommand("6m", known(three)));
    await register.until("overlapping");
    await registered(api, aCommand("permanent", known(three)));
    await goBy(DAY);
    await goBy(SECOND);
    await register.until("done", undefined, 10 * DAY);
    const rows = (await api.poll(0)).rows.filter((row) => "p" in row);
    expect(rows.length).toBeGreaterThan(8);
    const told = toldBy(rows);
    expect(told.map(({ type, rootEpoch }) => `${type} ${rootEpoch}`)).toEqual([
      "exclusion.started 0", "exclusion.started 0", "exclusion.started 0", "exclusion.extended 0", "exclusion.ended 0",
    ]);
    // From the oldest root in use there is a way to each newer one, so each event's tokens can be made for whoever has moved, and for whoever has not.
    expect(told.map(({ p }) => p)).toEqual([one, two, three, three, two].map(({ p }) => toHex(p)));
  });

  test("nothing of canaries, which are nobody", async () => {
    const { api } = aRootedRegister();
    await api.putCanary({ id: "c", p: new Uint8Array(16).fill(0xc1), excluded: true });
    await api.removeCanary("c");
    const { rows } = await api.poll(0);
    expect(rows.map(({ type }) => type)).toEqual(["excluded", "released"]);
    expect(toldBy(rows)).toEqual([]);
  });

  test("by rows of before there were kinds: the same, of whatever kind", async () => {
    const { api, stub } = aRootedRegister();
    await registered(api, aCommand("24h", one));
    await runInDurableObject(stub, (_, state) => void state.storage.sql.exec("UPDATE changes SET body = NULL WHERE p IS NOT NULL"));
    expect(toldBy((await api.poll(0)).rows)).toMatchObject([{ type: "exclusion.started", kind: null, p: toHex(one.p) }]);
  });

  test("in types that the release before knows, for a row of another would stop its isolates, and be a release to its Replicas", async () => {
    const { api, goBy } = aRootedRegister();
    await registered(api, aCommand("24h", one));
    await registered(api, aCommand("6m", one));
    await goBy(SECOND);
    const set = new Set<string>();
    for (const row of (await api.poll(0)).rows) {
      expect(["excluded", "released", "operator", "key", "epoch", "generation", "allowance", "manifest"]).toContain(row.type);
      // As the Replica of before takes a row that has a pseudonym.
      if ("p" in row) void (row.type === "excluded" ? set.add(toHex(row.p)) : set.delete(toHex(row.p)));
    }
    expect([...set]).toEqual([toHex(one.p)]);
  });
});
