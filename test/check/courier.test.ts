import { beforeEach, describe, expect, it } from "vitest";
import { Courier } from "../../src/check/courier.ts";
import type { EvidenceBatch } from "../../src/check/evidence.ts";
import { Tally } from "../../src/check/tally.ts";
import { SECOND } from "../../src/kernel/clock.ts";
import { keyOf, note } from "../support/answers.ts";
import { VirtualTime } from "../support/virtual-time.ts";

const NOON = Date.UTC(2026, 9, 20, 9);

let time: VirtualTime;
let tally: Tally;
let courier: Courier;
/** What the queue took, when; and what becomes of the next sendings. */
let taken: { batch: EvidenceBatch; at: number }[];
let sizes: number[];
let fate: ("takes" | "refuses" | "takes and fails" | "hangs")[];
/** How long each run took that is over, and how many are not. */
let runs: number[];
let running: number;
let latency: number;
let reports: unknown[];

beforeEach(() => {
  time = new VirtualTime(NOON);
  tally = new Tally("isolate");
  [taken, sizes, fate, reports, runs, running, latency] = [[], [], [], [], [], 0, 0];
  const send = async (batches: readonly EvidenceBatch[]): Promise<void> => {
    const becomes = fate.shift() ?? "takes";
    sizes.push(batches.length);
    if (latency > 0) await time.wait(latency);
    if (becomes === "takes" || becomes === "takes and fails") taken.push(...structuredClone(batches).map((batch) => ({ batch, at: time.now })));
    if (becomes === "hangs") await new Promise(() => undefined);
    if (becomes !== "takes") throw new Error(becomes);
  };
  courier = new Courier({ tally, send, clock: time.clock, wait: time.wait, report: (_, error) => reports.push(error) });
});

/** A check as the edge serves it; answers when it was. */
function check(answerId: string, operator = "acme"): number {
  note(tally, { key: keyOf(operator), answerId, now: time.now });
  if (courier.wanted) {
    running++;
    const startedAt = time.now;
    void courier.carry().finally(() => {
      running--;
      runs.push(time.now - startedAt);
    });
  }
  return time.now;
}

const answers = () => taken.reduce((sum, { batch }) => sum + batch.clear.reduce((all, { count }) => all + count, 0), 0);

describe("evidence", () => {
  it("leaves within 10 s, whenever the last check was, and nothing more runs afterwards", async () => {
    for (const pause of [0, 6_999, 7_000, 7_001, 13_000, 20_999, 21_000, 21_500, 60_000]) {
      check("first");
      await time.pass(pause);
      const at = check("last");
      const before = answers();
      await time.pass(10 * SECOND);
      expect(taken.at(-1)!.at - at, `${pause} ms after the first`).toBeLessThanOrEqual(10 * SECOND);
      expect(answers()).toBeGreaterThan(before);
      expect([tally.pending, courier.wanted]).toEqual([false, false]);
      await time.pass(60 * SECOND);
    }
    expect(answers()).toBe(18);
  });

  it("is carried by one run at a time, each shorter than the platform's 30 s", async () => {
    latency = 500;
    for (let n = 0; n < 600; n++) {
      check(`a${n}`);
      // While the last sending of one is on its way, the next one begins to wait.
      expect(running).toBeLessThanOrEqual(sizes.length % 3 === 0 ? 2 : 1);
      await time.pass(100);
    }
    await time.pass(30 * SECOND);
    expect(answers()).toBe(600);
    expect(Math.max(...runs)).toBeGreaterThan(20 * SECOND);
    expect(Math.max(...runs)).toBeLessThan(25 * SECOND);
  });

  it.each(["refuses", "takes and fails", "hangs"] as const)("is sent again as it was when the queue %s", async (becomes) => {
    fate = [becomes, becomes];
    check("a");
    await time.pass(8 * SECOND);
    check("b");
    await time.pass(30 * SECOND);
    expect(reports).toHaveLength(2);
    const sent = Map.groupBy(taken.map(({ batch }) => batch), ({ batch }) => batch);
    expect([...sent.keys()].toSorted()).toEqual([1, 2]);
    for (const same of sent.values()) expect(new Set(same.map((batch) => JSON.stringify(batch))).size).toBe(1);
    expect(sent.get(1)![0]!.clear).toMatchObject([{ count: 1 }]);
    expect(tally.pending).toBe(false);
  });

  it("waits for the next check when the queue stays away, and is then sent", async () => {
    fate = ["refuses", "refuses", "refuses"];
    check("a");
    await time.pass(60 * SECOND);
    expect([taken.length, tally.pending]).toEqual([0, true]);
    check("b");
    await time.pass(10 * SECOND);
    expect(taken.map(({ batch }) => batch.batch)).toEqual([1, 2]);
  });

  it("is carried by the next check when the platform ended the run that was to carry it", async () => {
    note(tally, { key: keyOf("acme"), answerId: "a", now: time.now });
    void courier.carry();
    // The run hangs for ever: the request it ran beside is gone.
    const gone = new VirtualTime(0);
    courier = new Courier({ tally, send: async () => undefined, clock: time.clock, wait: gone.wait, report: () => undefined });
    void courier.carry();
    await time.pass(12_999);
    note(tally, { key: keyOf("acme"), answerId: "b", now: time.now });
    expect(courier.wanted).toBe(false);
    await time.pass(1);
    note(tally, { key: keyOf("acme"), answerId: "c", now: time.now });
    expect(courier.wanted).toBe(true);
  });

  it("goes in parts a queue takes, and those it took are not sent again", async () => {
    fate = ["takes", "refuses"];
    for (let n = 0; n < 250; n++) check("a", `operator${n}`);
    await time.pass(7 * SECOND);
    expect(sizes).toEqual([100, 100]);
    await time.pass(7 * SECOND);
    expect(sizes).toEqual([100, 100, 100, 50]);
    expect(new Set(taken.map(({ batch }) => batch.operator)).size).toBe(250);
    expect(taken).toHaveLength(250);
  });
});
