import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { project } from "../../src/domains/exclusions/office/project.ts";
import { Projector } from "../../src/domains/exclusions/office/projector.ts";
import { rebuild, standing } from "../../src/domains/exclusions/office/rebuild.ts";
import { exclusionChanges, exclusions, projections } from "../../src/domains/exclusions/office/tables.ts";
import { operatorChanges, operatorKeys, operators } from "../../src/domains/operators/office/tables.ts";
import type { ProjectionApi } from "../../src/domains/exclusions/projection/rpc.ts";
import { POLICY_CODES } from "../../src/domains/exclusions/policies.ts";
import { systemActor } from "../../src/kernel/actor.ts";
import { DAY, HOUR } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { openOffice } from "../../src/office/database.ts";
import { testOffice } from "../support/office.ts";
import { RegisterHere } from "../support/register.ts";

const test = testOffice();
let register: RegisterHere;
beforeEach(() => {
  register = new RegisterHere();
});

/** Pages of so many changes at most. */
const inPagesOf = (size: number, of: ProjectionApi = register): ProjectionApi => ({ projection: (after, limit) => of.projection(after, Math.min(limit, size)) });
const follow = (api: ProjectionApi = register) => project({ office: test.office, register: api, clock: Date.now });
const order = (id: string) => rebuild({ office: test.office, clock: Date.now, random }, systemActor("test"), { id, fingerprint: "f" });

/** Everything the office holds of Register, without its generation. */
async function copied() {
  const { primary } = test.office;
  const all = await Promise.all([
    primary.select().from(exclusions).orderBy(exclusions.id), primary.select().from(exclusionChanges).orderBy(exclusionChanges.position),
    primary.select().from(operators).orderBy(operators.id), primary.select().from(operatorKeys).orderBy(operatorKeys.id),
    primary.select().from(operatorChanges).orderBy(operatorChanges.position),
  ]);
  return all.map((rows) => rows.map((row) => without(row, "generation")));
}

const without = (row: Record<string, unknown>, ...columns: string[]) => Object.fromEntries(Object.entries(row).filter(([name]) => !columns.includes(name)));
const json = (value: unknown) => JSON.parse(String(value)) as unknown;

/** When an exclusion wakes, and for what, is nothing to be listed. */
const REGISTERS_OWN = ["endingLapsesAt", "renewsAt", "remindedAt", "wakesAt"];

/** The same, from Register's own tables. */
function truth() {
  const identifiers = (id: unknown) =>
    register.rows(`select kind, evidence, standing, provisionalUntil, addedAt from exclusionIdentifiers where exclusionId = '${String(id)}' order by rowid`);
  const entries = register.rows("select id, position, at, action, channel, resource, payload from audit order by position").map(({ payload, ...entry }) => {
    const { sequence, ...rest } = json(payload) as { sequence: number; operator?: string };
    return { ...entry, sequence, payload: rest } as Record<string, unknown> & { payload: { operator?: string } };
  });
  const of = (kind: string) => entries.filter(({ action }) => String(action).startsWith(kind));
  return [
    register.rows("select * from exclusions order by id").map((row) => ({ ...without(row, ...REGISTERS_OWN), identifiers: identifiers(row.id) })),
    of("exclusion.").map(({ resource: reference, ...row }) => ({ ...row, reference })),
    register.rows("select * from operators order by id").map((row) => ({ ...without(row, "licenceRevision"), requiredKinds: json(row.requiredKinds) })),
    register.rows("select * from operatorKeys order by id").map((row) => ({ ...without(row, "hash", "sealedReply"), scopes: json(row.scopes), networks: json(row.networks) })),
    of("operator.").map((row) => ({ ...row, operator: row.payload.operator ?? row.resource })),
  ];
}

/** Some of everything. */
function live(): void {
  for (const n of [1, 2, 3]) register.register(n, n === 1 ? "24h" : "1y", n);
  const operator = register.enrol("Mfano Ltd");
  const key = register.issueKey(operator);
  register.wait(2 * DAY);
  register.register(1, "6m", null, { channel: "ussd", county: "047" });
  register.revokeKey(operator, key);
  register.rotate(operator);
  register.wait(20 * DAY);
}

describe("the office's copy of Register", () => {
  it("is exactly what Register holds, in pages however small, and again when nothing happened", async () => {
    live();
    expect(await follow(inPagesOf(1))).toBe(true);
    expect(await copied()).toEqual(truth());
    expect(await follow()).toBe(true);
    expect(await copied()).toEqual(truth());
    expect((await copied()).map((rows) => rows.length)).toEqual([4, expect.any(Number), 1, 1, 5]);
  });

  it("holds no pseudonym, no hash of a key and no sealed reply, and neither does what leaves Register", async () => {
    live();
    await follow();
    const page = await register.projection(0, 500);
    const text = JSON.stringify([await copied(), page]);
    for (const { p } of register.rows("select p from exclusionIdentifiers")) expect(text).not.toContain(Buffer.from(p as Uint8Array).toString("hex"));
    expect(text).not.toMatch(/hash|sealedReply/);
    expect(Object.keys(page.exclusions[0]!.identifiers[0]!)).toEqual(["kind", "evidence", "standing", "provisionalUntil", "addedAt"]);
  });

  it("says how current it is by Register's clock, and how far behind", async () => {
    live();
    await follow();
    expect(await standing({ office: test.office, register })).toMatchObject({ state: "current", behind: 0, asOf: register.now });
    const before = register.now;
    register.wait(HOUR);
    register.register(9, "1y");
    expect(await standing({ office: test.office, register })).toMatchObject({ state: "behind", behind: 1, asOf: before });
  });

  it("is the same when it is rebuilt from zero, and is never empty or short meanwhile", async () => {
    live();
    await follow();
    const before = await copied();
    expect(await order("rebuild-1")).toMatchObject({ ok: true });
    const counts: number[] = [];
    const watched: ProjectionApi = {
      projection: async (after) => {
        counts.push((await test.office.primary.select().from(exclusions)).length);
        expect((await standing({ office: test.office, register })).state).toBe("rebuilding");
        return register.projection(after, 2);
      },
    };
    expect(await follow(watched)).toBe(true);
    expect(new Set(counts)).toEqual(new Set([4]));
    expect(await copied()).toEqual(before);
    expect((await standing({ office: test.office, register })).state).toBe("current");
  });

  it("gets a row back that was taken from it, when it is rebuilt", async () => {
    live();
    await follow();
    await test.office.primary.delete(exclusionChanges);
    await test.office.primary.delete(exclusions);
    await order("rebuild-2");
    await follow();
    expect(await copied()).toEqual(truth());
  });

  it("begins anew by itself when Register was restored, and what Register lost leaves it then", async () => {
    live();
    const lose = register.losingWhatFollows();
    const lost = register.register(50, "1y");
    await follow();
    lose();
    const other = register.register(51, "5y");
    const listed = async () => (await test.office.primary.select().from(exclusions)).map(({ reference }) => reference);
    let last: string[] = [];
    await follow({
      projection: async (after) => {
        last = await listed();
        return register.projection(after, 3);
      },
    });
    expect(last).toContain(lost);
    expect(await listed()).toContain(other);
    expect(await copied()).toEqual(truth());
  });

  it("is written once by two who keep it at once", async () => {
    live();
    await Promise.all([follow(inPagesOf(2)), follow(inPagesOf(3)), follow(inPagesOf(2))]);
    expect(await copied()).toEqual(truth());
    const [progress] = await test.office.primary.select().from(projections);
    expect(progress!.position).toBe((await register.projection(0, 0)).head);
  });

  it("does not take a page that comes late, after another was written", async () => {
    live();
    await follow(inPagesOf(3));
    const late = await register.projection(0, 500);
    register.register(1, "permanent");
    await order("rebuild-3");
    let asked = 0;
    await follow({
      projection: async (after, limit) => {
        // While the first page is on its way, another projector does everything.
        if (asked++ > 0) return register.projection(after, limit);
        await follow();
        return late;
      },
    });
    expect(await copied()).toEqual(truth());
  });

  it("is where it was when the batch failed, and goes on; also when it failed and had happened", async () => {
    live();
    const { primary } = test.office;
    let failing = 0;
    const client = primary.$client;
    const flaky = { ...test.office, primary: Object.assign(Object.create(primary) as typeof primary, {
      $client: Object.assign(Object.create(client) as typeof client, {
        batch: async (...args: Parameters<typeof client.batch>) => {
          if (failing++ % 2 === 0) throw new Error("not reached");
          await client.batch(...args);
          throw new Error("the answer was lost");
        },
      }),
    }) };
    for (let n = 0; n < 40; n++) await project({ office: flaky, register: inPagesOf(2), clock: Date.now }).catch(() => undefined);
    expect(await copied()).toEqual(truth());
  });

  it("does not follow a Register that has fewer changes than were read of the same log", async () => {
    live();
    await follow();
    const [before] = await test.office.primary.select().from(projections);
    const older: ProjectionApi = { projection: async (after, limit) => ({ ...(await register.projection(after, limit)), head: 3 }) };
    await expect(follow(older)).rejects.toThrow("fewer");
    expect((await test.office.primary.select().from(projections))[0]).toEqual(before);
  });
});

describe("a page of what Register did", () => {
  it("stays below 1 MB, whatever it is of", async () => {
    const operator = register.enrol("Ž".repeat(200));
    const networks = Array.from({ length: 64 }, (_, n) => `2001:db8:ffff:ffff:ffff:ffff:ffff:${(n + 0x1000).toString(16)}/128`);
    for (let n = 0; n < 400; n++) register.issueKey(operator, networks);
    let [after, pages] = [0, 0];
    for (;;) {
      const page = await register.projection(after, 10_000);
      if (page.changes.length === 0) break;
      expect(JSON.stringify(page).length).toBeLessThan(1_000_000);
      [after, pages] = [page.position, pages + 1];
    }
    expect(after).toBe(401);
    expect(pages).toBeGreaterThan(1);
    await follow();
    expect(await copied()).toEqual(truth());
  });
});

const aPhone = fc.integer({ min: 1, max: 4 });
const aStep = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.constant("register" as const), aPhone, fc.constantFrom(...POLICY_CODES), fc.constantFrom(null, 1, 2)) },
  { weight: 3, arbitrary: fc.tuple(fc.constant("wait" as const), fc.constantFrom(HOUR, DAY, 14 * DAY, 40 * DAY)) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom("enrol" as const, "key" as const, "revoke" as const, "rotate" as const, "lose" as const)) },
  { weight: 3, arbitrary: fc.tuple(fc.constant("follow" as const), fc.integer({ min: 1, max: 5 })) },
);

it("whatever Register does, in whatever pages it is read, the office's rows equal Register's", async () => {
  const property = fc.asyncProperty(fc.array(aStep, { minLength: 5, maxLength: 25 }), async (steps) => {
    register = new RegisterHere();
    const names: string[] = [];
    const keys: [string, string][] = [];
    let lose = register.losingWhatFollows();
    for (const step of steps) {
      if (step[0] === "register") register.register(step[1], step[2], step[3]);
      else if (step[0] === "wait") register.wait(step[1]);
      else if (step[0] === "follow") await follow(inPagesOf(step[1]));
      else if (step[0] === "enrol") names.push(register.enrol(`Operator ${names.length}`));
      else if (step[0] === "key" && names[0]) keys.push([names[0], register.issueKey(names[0])]);
      else if (step[0] === "revoke" && keys[0]) register.revokeKey(...keys[0]);
      else if (step[0] === "rotate" && names[0]) register.rotate(names[0]);
      else if (step[0] === "lose") {
        lose();
        [names.length, keys.length] = [0, 0];
        lose = register.losingWhatFollows();
      }
    }
    await follow();
    expect(await copied()).toEqual(truth());
  });
  await fc.assert(property, { numRuns: 40 });
}, 60_000);

describe("whoever keeps the copy for an isolate", () => {
  it("does it one at a time, takes along what comes meanwhile, and reports what fails once a minute", async () => {
    const reported: unknown[] = [];
    let now = 0;
    const away = openOffice({ url: "http://127.0.0.1:9", token: "" });
    const projector = new Projector({ office: away, register, clock: () => now, wait: async () => undefined, report: (error) => reported.push(error) });
    for (let n = 0; n < 3; n++) await projector.run();
    expect(reported).toHaveLength(1);
    now += 60_000;
    await projector.run();
    expect(reported).toHaveLength(2);

    let [running, most, runs] = [0, 0, 0];
    const counting: ProjectionApi = {
      projection: async (...page) => {
        most = Math.max(most, ++running);
        runs++;
        const answer = await register.projection(...page);
        running--;
        return answer;
      },
    };
    const other = new Projector({ office: test.office, register: counting, clock: Date.now, wait: async () => undefined, report: (error) => reported.push(error) });
    const first = other.run();
    register.register(1, "1y");
    await Promise.all([first, ...Array.from({ length: 20 }, () => other.run())]);
    expect([most, reported.length]).toEqual([1, 2]);
    expect(runs).toBeLessThan(6);
    expect(await copied()).toEqual(truth());
  });
});
