import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { exclusionByReference } from "../../src/domains/exclusions/store.ts";
import * as exclusions from "../../src/domains/exclusions/index.ts";
import { type Channel, CHANNELS, type ExclusionState, IN_FORCE } from "../../src/domains/exclusions/model.ts";
import { type Move, move } from "../../src/domains/exclusions/move.ts";
import { project } from "../../src/domains/exclusions/office/project.ts";
import { rebuild } from "../../src/domains/exclusions/office/rebuild.ts";
import { POLICY_CODES } from "../../src/domains/exclusions/policies.ts";
import { keepStatistics, standing } from "../../src/domains/exclusions/statistics/count.ts";
import type { Dimension } from "../../src/domains/exclusions/statistics/model.ts";
import { asOfFigures } from "../../src/domains/exclusions/statistics/rules.ts";
import { exclusionsInForce, exclusionStatistics, exclusionWaits, statisticsRuns } from "../../src/domains/exclusions/statistics/tables.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { DAY, HOUR, MINUTE } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { testOffice } from "../support/office.ts";
import { phone, RegisterHere } from "../support/register.ts";

const test = testOffice();
let register: RegisterHere;
let clock: number;
beforeEach(() => {
  register = new RegisterHere();
  clock = register.now;
});

const follow = () => project({ office: test.office, register, clock: Date.now });
const keep = (office = test.office) => keepStatistics({ office, clock: () => (clock += 10), random });
const count = async () => {
  await follow();
  await keep();
};
const rebuildCopy = (id: string) => rebuild({ office: test.office, clock: Date.now, random }, systemActor("test"), { id, fingerprint: "f" });

let commands = 0;
function begin(n: number, policy: (typeof POLICY_CODES)[number], channel: Channel, county: string | null): string {
  const asked = { commandId: `s${++commands}`, policy, channel, county, identifiers: [phone(n)] as [ReturnType<typeof phone>], box: null };
  const done = register.carryOut((database, now) => exclusions.register(database, asked, now, random, { provisionalDays: 14 }));
  if (!done.ok) throw new Error(done.refusal);
  return done.receipt.reference;
}

const MAY: Partial<Record<ExclusionState, readonly Move[]>> = {
  active: ["ending-asked", "annulment-begun", "dismissed"], ending: ["ending-cancelled", "ending-lapsed", "ending-confirmed"], annulling: ["annulment-stopped", "annulled"],
};

/** Has the nth thing happen that can happen to an exclusion as it is. */
function happen(reference: string, nth: number): void {
  register.carryOut((database, now) => database.transaction((transaction) => {
    const exclusion = exclusionByReference(transaction, reference)!;
    const can = MAY[exclusion.state] ?? [];
    if (can.length === 0) return;
    const event = can[nth % can.length]!;
    const terms = event === "ending-asked" ? { endableFrom: now + 7 * DAY, endingLapsesAt: now + 30 * DAY } : {};
    move(transaction, exclusion, event, { channel: "web", commandId: null }, now, random, terms);
  }));
}

/** The figures, a text each, in an order. */
async function figures(): Promise<string[]> {
  const { primary } = test.office;
  const [counts, shifts, waits] = await Promise.all([primary.select().from(exclusionStatistics), primary.select().from(exclusionsInForce), primary.select().from(exclusionWaits)]);
  return [
    ...counts.map(({ day, figure, dimension, value, count }) => `${day} ${figure} ${dimension}=${value} ${count}`),
    ...shifts.map(({ day, policy, origin, change }) => `${day} shift ${policy} ${origin} ${change}`),
    ...waits.map(({ day, wait, hours, count }) => `${day} ${wait} ${hours}h ${count}`),
  ].toSorted();
}

const dayOf = (at: unknown): string => new Date(Number(at) + 3 * HOUR).toISOString().slice(0, 10);
const IS_FIGURE: Record<string, string> = { renewed: "renewed", "ending-asked": "ending-asked", "ending-cancelled": "ending-kept", "ending-lapsed": "ending-lapsed" };

/** The same, counted naively from Register's own rows: one exclusion at a time, from its first day to its last. */
function naive(): string[] {
  const tally = new Map<string, number>();
  const add = (key: string, by = 1) => tally.set(key, (tally.get(key) ?? 0) + by);
  for (const { reference, origin, county } of register.rows("select * from exclusions")) {
    const entries = register.rows(`select * from audit where resource = '${String(reference)}' order by position`);
    let [policy, endsAt, isIn] = ["", null as number | null, false];
    let asked: number | null = null;
    for (const [nth, { at, action, channel, payload }] of entries.entries()) {
      const said = JSON.parse(String(payload)) as { policy?: string; endsAt?: number | null; state?: ExclusionState };
      const [day, what, last] = [dayOf(at), String(action).slice("exclusion.".length), policy];
      policy = said.policy ?? policy;
      const count = (figure: string) => {
        const values: Record<Dimension, unknown> = { all: "", policy, origin, county: county ?? "", channel };
        for (const [dimension, value] of Object.entries(values)) add(`${day} ${figure} ${dimension}=${String(value)}`);
      };
      const waited = (wait: string, since: number) => add(`${day} ${wait} ${Math.max(0, Math.floor((Number(at) - since) / HOUR))}h`);
      if (nth === 0) count("begun");
      if (what === "extended" && said.endsAt !== endsAt) count("lengthened");
      if (IS_FIGURE[what]) count(IS_FIGURE[what]);
      const still = said.state === undefined ? true : (IN_FORCE as readonly string[]).includes(said.state);
      if (isIn && !still) count(said.state!);
      if (what === "ending-asked" && endsAt !== null && endsAt <= Number(at)) waited("end-to-asked", endsAt);
      if (asked !== null && said.state === "ended") waited("asked-to-ended", asked);
      if (asked !== null && what === "ending-cancelled") waited("asked-to-kept", asked);
      if (isIn) add(`${day} shift ${last} ${String(origin)}`, -1);
      if (still) add(`${day} shift ${policy} ${String(origin)}`, 1);
      if (what === "ending-asked") asked = Number(at);
      else if (said.state !== undefined || (what === "extended" && said.endsAt !== endsAt)) asked = null;
      [isIn, endsAt] = [still, said.endsAt === undefined ? endsAt : said.endsAt];
    }
  }
  return [...tally].filter(([, count]) => count !== 0).map(([key, count]) => `${key} ${count}`).toSorted();
}

/** Some of everything, over two months. */
function live(): void {
  for (let n = 1; n <= 12; n++) begin(n, POLICY_CODES[n % 7]!, CHANNELS[n % 3]!, n % 4 ? null : "047");
  const [first] = register.rows("select reference from exclusions");
  register.wait(40 * DAY);
  happen(String(first!.reference), 0);
  begin(3, "permanent", "web", null);
  register.wait(20 * DAY);
  happen(String(first!.reference), 2);
}

const aStep = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.constant("begin" as const), fc.integer({ min: 1, max: 6 }), fc.constantFrom(...POLICY_CODES), fc.constantFrom(...CHANNELS), fc.constantFrom(null, "001", "047")) },
  { weight: 5, arbitrary: fc.tuple(fc.constant("happen" as const), fc.nat({ max: 20 }), fc.nat({ max: 5 })) },
  { weight: 4, arbitrary: fc.tuple(fc.constant("wait" as const), fc.constantFrom(20 * MINUTE, 5 * HOUR, DAY, 40 * DAY, 400 * DAY)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("set-clock" as const), fc.constantFrom(-3 * DAY, -HOUR)) },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom("count" as const, "follow" as const, "keep" as const, "lose" as const, "rebuild" as const)) },
);

it("whatever happens to exclusions, and whenever it is counted, the figures are those of a naive count", async () => {
  let rebuilds = 0;
  const property = fc.asyncProperty(fc.array(aStep, { minLength: 5, maxLength: 30 }), async (steps) => {
    register = new RegisterHere();
    const begun: string[] = [];
    let lose = register.losingWhatFollows();
    for (const step of steps) {
      if (step[0] === "begin") begun.push(begin(step[1], step[2], step[3], step[4]));
      else if (step[0] === "happen" && begun.length > 0) happen(begun[step[1] % begun.length]!, step[2]);
      else if (step[0] === "wait") register.wait(step[1]);
      else if (step[0] === "set-clock") register.now += step[1];
      else if (step[0] === "count") await count();
      else if (step[0] === "follow") await follow();
      else if (step[0] === "keep") await keep();
      else if (step[0] === "rebuild") await rebuildCopy(`rebuild-${++rebuilds}`);
      else if (step[0] === "lose") {
        lose();
        begun.length = 0;
        lose = register.losingWhatFollows();
      }
    }
    await count();
    expect(await figures()).toEqual(naive());
  });
  await fc.assert(property, { numRuns: 40 });
}, 60_000);

describe("the figures of exclusions", () => {
  it("are the same counted twice as once, and by two at once", async () => {
    live();
    await follow();
    await Promise.all([keep(), keep(), keep()]);
    const once = await figures();
    expect(once).toEqual(naive());
    await keep();
    await rebuildCopy("again");
    await count();
    expect(await figures()).toEqual(once);
  });

  it("end a day at midnight in Nairobi", async () => {
    register.now = Date.UTC(2100, 5, 9, 20, 59, 59, 999);
    begin(1, "1y", "web", null);
    register.now++;
    begin(2, "1y", "web", null);
    await count();
    expect((await figures()).filter((text) => text.includes("begun all="))).toEqual(["2100-06-09 begun all= 1", "2100-06-10 begun all= 1"]);
  });

  it("follow what comes, and cost one question when nothing does", async () => {
    live();
    await count();
    const runs = () => test.office.primary.select().from(statisticsRuns);
    const before = await runs();
    await count();
    expect(await runs()).toEqual(before);
    begin(30, "6m", "ussd", null);
    await count();
    expect(await figures()).toEqual(naive());
    expect((await runs()).slice(before.length)).toMatchObject([{ processed: 1, failed: 0, finishedAt: expect.any(Number) }]);
  });

  it("say of when they are: of no later than what they were counted from", async () => {
    live();
    await count();
    const asOf = async () => asOfFigures(...(Object.values(await standing(test.office)) as Parameters<typeof asOfFigures>));
    const counted = register.now;
    expect(await asOf()).toBe(counted);
    register.wait(DAY);
    begin(40, "1y", "web", null);
    await follow();
    expect(await asOf()).toBe(counted);
    await keep();
    expect(await asOf()).toBe(register.now);
  });

  it("are not counted of a copy that is not whole, and all of them when it is: in steps, without those that Register lost", async () => {
    live();
    const lose = register.losingWhatFollows();
    register.wait(3 * DAY);
    begin(50, "5y", "sms", "001");
    await count();
    const before = await figures();
    expect(before.some((text) => text.includes("sms"))).toBe(true);
    lose();
    begin(51, "30d", "web", null);
    await project({ office: test.office, register: { projection: (after) => (after > 0 ? Promise.reject(new Error("away")) : register.projection(0, 3)) }, clock: Date.now }).catch(() => undefined);
    await keep();
    expect(await figures()).toEqual(before);
    await follow();
    // So slow that a run is over after a day or two.
    for (let run = 0; run < 40; run++) await keepStatistics({ office: test.office, clock: () => (clock += 6_000), random });
    expect(await figures()).toEqual(naive());
  });

  it("are where they were when the database failed, the run says so, and the next goes on", async () => {
    live();
    await count();
    const before = await figures();
    begin(60, "1y", "web", null);
    await follow();
    const { primary } = test.office;
    const client = primary.$client;
    const broken = Object.assign(Object.create(primary) as typeof primary, { $client: Object.assign(Object.create(client) as typeof client, { batch: () => Promise.reject(new Error("not reached")) }) });
    await expect(keep({ ...test.office, primary: broken })).rejects.toThrow("not reached");
    expect(await figures()).toEqual(before);
    expect((await primary.select().from(statisticsRuns)).at(-1)).toMatchObject({ processed: 0, failed: 1 });
    await keep();
    expect(await figures()).toEqual(naive());
  });
});
