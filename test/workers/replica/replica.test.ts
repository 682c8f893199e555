import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/check/feed.ts";
import { publicIdOf } from "../../../src/check/public-id.ts";
import { DEFAULT_TERMS } from "../../../src/check/terms.ts";
import { answerFirst } from "../../../src/replication/first.ts";
import { isMember, readPosition, rowsAfter } from "../../../src/replication/store.ts";
import type { Copy } from "./doubles.ts";

const inCopy = (work: (copy: Copy) => Promise<void> | void): Promise<void> =>
  runInDurableObject(env.COPY.getByName(crypto.randomUUID()), async (instance) => work(instance as Copy));

const person = (n: number) => new Uint8Array(16).fill(n);
const has = (copy: Copy, n: number) => isMember(copy.database, 0, person(n));

describe("a copy", () => {
  test("follows the log page by page, and vouches for itself from the sending of its last poll", () =>
    inCopy(async (copy) => {
      copy.page = 2;
      for (const n of [1, 2, 3, 4, 5]) copy.append("excluded", n);
      copy.append("released", 2);
      const { age } = await copy.follower.current();
      expect([age, copy.polls, has(copy, 1), has(copy, 2)]).toEqual([0, 3, true, false]);
      copy.now += 200;
      expect((await copy.follower.current()).age).toBe(200);
      expect(copy.polls).toBe(3);
    }));

  test("says nothing just after it was constructed, until Register has answered", () =>
    inCopy(async (copy) => {
      copy.append("excluded", 1);
      await copy.follower.current();
      const { register } = copy;
      copy.register = null;
      const anew = copy.follow();
      await expect(anew.current()).rejects.toThrow("Register is gone");
      copy.register = register;
      expect((await anew.current()).age).toBe(0);
    }));

  test("goes on vouching with its age while Register is away, and stops when a poll has to be waited for", () =>
    inCopy(async (copy) => {
      await copy.follower.current();
      copy.register = null;
      copy.now += 900;
      expect((await copy.follower.current()).age).toBe(900);
      copy.now += 200;
      await expect(copy.follower.current()).rejects.toThrow("Register is gone");
      expect(copy.reports).toContain("poll");
    }));

  test("takes pushed rows that follow on its own, and is no fresher for them", () =>
    inCopy(async (copy) => {
      copy.append("excluded", 1);
      await copy.follower.current();
      const t = copy.now;
      const row = (seq: number, n: number): Change => ({ seq, t, type: "excluded", rootEpoch: 0, p: person(n) });
      copy.now += 100;
      copy.follower.push("log-1", [row(1, 1), row(2, 2)]);
      copy.follower.push("log-1", [row(4, 4)]);
      copy.follower.push("another", [row(3, 3)]);
      expect([has(copy, 2), has(copy, 3), has(copy, 4)]).toEqual([true, false, false]);
      expect((await copy.follower.current()).age).toBe(100);
      expect(rowsAfter(copy.database, 1).map(({ seq }) => seq)).toEqual([2]);
    }));

  test("that never asked takes no pushed rows: they may be of any log", () =>
    inCopy((copy) => {
      copy.follower.push("log-1", [{ seq: 1, t: copy.now, type: "excluded", rootEpoch: 0, p: person(1) }]);
      expect(readPosition(copy.database)).toBeNull();
    }));

  test("stops for good when the log went back, and begins anew with a new log", () =>
    inCopy(async (copy) => {
      copy.append("excluded", 1);
      copy.append("excluded", 2);
      await copy.follower.current();
      copy.now += 2_000;
      copy.register!.rows.pop();
      await expect(copy.follower.current()).rejects.toThrow("went back");
      await expect(copy.follower.current()).rejects.toThrow("went back");
      copy.register = { logId: "log-2", rows: [] };
      copy.append("excluded", 3);
      copy.now += 2_000;
      await copy.follower.current();
      expect([has(copy, 1), has(copy, 3), readPosition(copy.database)!.logId]).toEqual([false, true, "log-2"]);
    }));

  test("that saw the log go back does not follow it again, not even constructed anew and overtaken, and takes no push of it", () =>
    inCopy(async (copy) => {
      copy.append("excluded", 1);
      copy.append("excluded", 2);
      await copy.follower.current();
      copy.now += 2_000;
      copy.register!.rows.pop();
      await expect(copy.follower.current()).rejects.toThrow("went back");
      for (const n of [3, 4]) copy.append("excluded", n);
      const anew = copy.follow();
      await expect(anew.current()).rejects.toThrow("went back");
      anew.push("log-1", copy.register!.rows.slice(2));
      expect([has(copy, 3), has(copy, 4)]).toEqual([false, false]);
    }));

  test("tells Register how far it is, and of which log", () =>
    inCopy(async (copy) => {
      copy.append("excluded", 1);
      await copy.follower.current();
      copy.now += 2_000;
      await copy.follower.current();
      expect(copy.asked).toEqual([[0, null, null], [1, "log-1", copy.now - 2_000]]);
    }));

  test("is done with a log whose pushed rows follow on another row than its own", () =>
    inCopy(async (copy) => {
      copy.append("excluded", 1);
      await copy.follower.current();
      const row: Change = { seq: 2, t: copy.now + 9, type: "excluded", rootEpoch: 0, p: person(2) };
      copy.follower.push("log-1", [row], copy.now + 1);
      expect([has(copy, 2), readPosition(copy.database)!.wentBack]).toEqual([false, true]);
      await expect(copy.follower.current()).rejects.toThrow("cannot be vouched for");
    }));

  test("believes no rows with a gap", () =>
    inCopy(async (copy) => {
      copy.append("excluded", 1);
      copy.append("excluded", 2);
      copy.register!.rows.shift();
      await expect(copy.follower.current()).rejects.toThrow("do not follow");
      expect(has(copy, 2)).toBe(false);
    }));

  test("says nothing under a clock that was set, before two more polls agreed", () =>
    inCopy(async (copy) => {
      await copy.follower.current();
      copy.now -= 5_000;
      copy.skew += 5_000;
      const before = copy.polls;
      expect((await copy.follower.current()).age).toBe(0);
      expect(copy.polls - before).toBe(3);
    }));
});

describe("a first answer", () => {
  const KEY = { id: "k", hash: "aa", operator: "acme01", state: "active" as const, ...DEFAULT_TERMS };

  async function enrolled(copy: Copy): Promise<void> {
    const rows: Change[] = copy.register!.rows;
    rows.push({ seq: 1, t: copy.now, type: "operator", operator: { id: "acme01", state: "active", requiredKinds: [] } });
    rows.push({ seq: 2, t: copy.now, type: "key", key: KEY });
    const epoch = { operator: "acme01", epoch: 0, pairKeyId: "1", rootEpoch: 0, state: "current" as const, until: null };
    rows.push({ seq: 3, t: copy.now, type: "epoch", epoch });
    copy.append("excluded", 1);
    await copy.follower.current();
  }

  const ask = (copy: Copy, keyHash: string, epoch = 0) =>
    answerFirst(copy.database, { keyHash, operator: "acme01", asked: [1, 2].map((n) => ({ epoch, p: person(n) })) }, { age: 7, t: 9 });

  test("says who is excluded, and the whole directory", () =>
    inCopy(async (copy) => {
      await enrolled(copy);
      expect(ask(copy, "aa")).toMatchObject({ excluded: [true, false], age: 7, t: 9, seq: 4, manifest: null, directory: { keys: [KEY] } });
    }));

  test("says nothing of anybody to a key that does not hold, or under an epoch there is not", () =>
    inCopy(async (copy) => {
      await enrolled(copy);
      expect([ask(copy, "bb").excluded, ask(copy, "aa", 3).excluded]).toEqual([[null, null], [null, null]]);
    }));

  test("brings retired generations and allowances, the newest of each", () =>
    inCopy(async (copy) => {
      await enrolled(copy);
      const generation = { operator: "acme01", p: "05".repeat(16), epoch: 0, least: 1 };
      const allowance = { keyId: "k", perSecond: 0.5, until: 9 };
      const rows: Change[] = copy.register!.rows;
      rows.push({ seq: 5, t: copy.now, type: "generation", generation }, { seq: 6, t: copy.now, type: "generation", generation: { ...generation, least: 2 } });
      rows.push({ seq: 7, t: copy.now, type: "allowance", allowance });
      copy.now += 2_000;
      await copy.follower.current();
      expect(ask(copy, "aa").directory).toMatchObject({ generations: [{ ...generation, least: 2 }], allowances: [allowance] });
      expect(rowsAfter(copy.database, 4)).toMatchObject(rows.slice(4));
    }));

  test("gives the usual terms to a key that a Register of the release before wrote", () =>
    inCopy(async (copy) => {
      const { id, hash, operator, state } = KEY;
      copy.register!.rows.push({ seq: 1, t: copy.now, type: "key", key: { id, hash, operator, state } as typeof KEY });
      await copy.follower.current();
      expect(ask(copy, "aa").directory.keys).toEqual([{ ...KEY, mode: "live", publicId: publicIdOf({ id, operator, mode: "live" }) }]);
    }));

  test("says nothing of anybody to a key that has expired", () =>
    inCopy(async (copy) => {
      await enrolled(copy);
      copy.register!.rows.push({ seq: 5, t: copy.now, type: "key", key: { ...KEY, expiresAt: 9 } });
      copy.now += 2_000;
      await copy.follower.current();
      expect(ask(copy, "aa").excluded).toEqual([null, null]);
    }));
});
