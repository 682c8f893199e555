import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as exclusions from "../../src/domains/exclusions/index.ts";
import { project } from "../../src/domains/exclusions/office/project.ts";
import { keepStatistics } from "../../src/domains/exclusions/statistics/count.ts";
import { sampleReplicas } from "../../src/domains/exclusions/statistics/staleness.ts";
import { DAY, HOUR, MINUTE } from "../../src/kernel/clock.ts";
import { random } from "../../src/objects/shell.ts";
import { admin, testApi } from "../support/api.ts";
import { testOffice } from "../support/office.ts";
import { phone, RegisterHere } from "../support/register.ts";

const test = testOffice();
const BEGINNING = Date.UTC(2100, 0, 15, 6);
let now = BEGINNING;
let call: Awaited<ReturnType<typeof testApi>>["call"];
beforeEach(async () => {
  const { primary } = test.office;
  ({ call } = await testApi({ office: { primary, nearest: primary }, parts: { clock: () => now } }));
});

let people = 0;
function begin(register: RegisterHere, many: number, policy: "24h" | "1y", county: string | null): void {
  for (let n = 0; n < many; n++) {
    const asked = { commandId: `s${++people}`, policy, channel: "web" as const, county, identifiers: [phone(people)] as [ReturnType<typeof phone>], box: null };
    register.carryOut((database, at) => exclusions.register(database, asked, at, random, { provisionalDays: 14 }));
  }
}

/** January: 12 of Nairobi, 30 of nowhere, 2 of Lamu. March: 3. April: 12 more for a day. */
beforeAll(async () => {
  const register = new RegisterHere();
  register.now = BEGINNING;
  begin(register, 12, "1y", "047");
  begin(register, 30, "1y", null);
  begin(register, 2, "1y", "005");
  register.wait(60 * DAY);
  begin(register, 3, "1y", "047");
  register.wait(25 * DAY);
  begin(register, 12, "24h", "047");
  register.wait(10 * DAY);
  now = register.now;
  await project({ office: test.office, register, clock: Date.now });
  await keepStatistics({ office: test.office, clock: () => now, random });
}, 60_000);

const read = async (query = "") => (await call("GET", `/v1/statistics/exclusions${query}`)).body;
const detailed = async (query = "") => (await call("GET", `/v1/statistics/exclusions/detailed${query}`, { headers: admin() })).body;
const SUPPRESSED = { count: null, status: "suppressed" };
const NO_DATA = { count: null, status: "no-data" };
const published = (count: number) => ({ count, status: "published" });

describe("what everybody may read", () => {
  it("is told of months that are over, and of those that nobody counted that there is no data", async () => {
    const { months, asOf } = await read("?from=2099-12&to=2100-03");
    expect(asOf).toBe(new Date(now).toISOString());
    expect(months.map(({ month, begun, inForce }: any) => [month, begun, inForce])).toEqual([
      ["2099-12", NO_DATA, NO_DATA], ["2100-01", published(44), published(40)], ["2100-02", SUPPRESSED, published(40)], ["2100-03", SUPPRESSED, published(50)],
    ]);
    expect(months[0].byPolicy.every(({ count, status }: any) => count === null && status === "no-data")).toBe(true);
  });

  it("shows counts from ten on, and none from which a smaller one follows", async () => {
    const { months: [january] } = await read("?from=2100-01&to=2100-01");
    const shown = january.byCounty.filter(({ status }: any) => status === "published");
    expect(shown).toEqual([{ value: null, ...published(30) }]);
    expect(january.byCounty.find(({ value }: any) => value === "047")).toEqual({ value: "047", ...SUPPRESSED });
    expect(january.byCounty).toHaveLength(48);
    // The one policy and the one origin there are would tell that the others are none.
    expect(january.byPolicy.concat(january.byOrigin).every(({ status }: any) => status === "suppressed")).toBe(true);
  });

  it("is open to everybody for an hour, with what each figure is, and as the document has it", async () => {
    const { response, body } = await call("GET", "/v1/statistics/exclusions");
    expect([response.status, response.headers.get("cache-control"), body.months.length]).toEqual([200, "public, max-age=3600", 12]);
    expect(body.method).toContain("below 10");
    for (const figure of ["begun", "inForce", "propagation"]) expect(body.definitions[figure]).toMatch(/\w+/);
  });

  it.each(["?from=2100-13", "?from=2100-1", "?to=2100-04", "?from=2100-03&to=2100-01", "?from=2090-01", "?since=2100-01", "?from=%00"])("refuses what it cannot tell: %s", async (query) => {
    const { response, body } = await call("GET", `/v1/statistics/exclusions${query}`);
    expect([response.status, body.type, body.errors.length]).toEqual([422, "/problems/field-invalid", 1]);
  });

  it("says that it does not work while the office's database is away", async () => {
    const { call } = await testApi();
    expect((await call("GET", "/v1/statistics/exclusions")).response.status).toBe(503);
  });
});

describe("what staff may read", () => {
  it("is every day exactly, by what is asked for, and how many are in force at its end", async () => {
    const { days } = await detailed("?from=2100-01-14&to=2100-01-16&by=county");
    expect(days[0]).toEqual({ day: "2100-01-14", complete: false, counts: null, inForce: null });
    expect(days[1]).toMatchObject({ complete: true, inForce: [{ policy: "1y", origin: "self", count: 44 }] });
    expect(days[1].counts.toSorted((one: any, other: any) => one.count - other.count)).toEqual([
      { figure: "begun", value: "005", count: 2 }, { figure: "begun", value: "047", count: 12 }, { figure: "begun", value: null, count: 30 },
    ]);
    expect(days[2]).toMatchObject({ complete: true, counts: [], inForce: [{ count: 44 }] });
  });

  it("is how exclusions end, in the whole range, and when they were counted last", async () => {
    const { ends, lastRun, days } = await detailed();
    expect(ends).toEqual({
      reachedPromisedEnd: 12, asked: 0, kept: 0, lapsed: 0, ended: 12, lengthened: 0, medianHours: { "end-to-asked": null, "asked-to-ended": null, "asked-to-kept": null },
    });
    expect(lastRun).toMatchObject({ processed: 4, failed: 0, finishedAt: expect.any(String) });
    expect(days.at(-1)).toMatchObject({ complete: false, counts: [{ figure: "ended", value: null, count: 12 }], inForce: [{ count: 47 }] });
    expect((await detailed("?from=2099-12-01&to=2099-12-02")).ends).toBeNull();
  });

  it.each(["?from=2100-02-30", "?to=2100-04-22", "?from=2099-01-01", "?by=name"])("is refused where it cannot be told: %s", async (query) => {
    const { response } = await call("GET", `/v1/statistics/exclusions/detailed${query}`, { headers: admin() });
    expect(response.status).toBe(422);
  });

  it("takes the capability", async () => {
    expect((await call("GET", "/v1/statistics/exclusions/detailed")).response.status).toBe(401);
    const { call: officer } = await testApi({ office: test.office, access: { principalOf: async () => ({ userId: "u", assignments: [{ role: "citizen", operator: null }] }) } });
    expect((await officer("GET", "/v1/statistics/exclusions/detailed", { headers: admin() })).response.status).toBe(403);
  });
});

describe("how old the copies are that answers come from", () => {
  const ask = (at: number, ages: Record<string, number | Error>) =>
    sampleReplicas({
      office: test.office, clock: () => at,
      replicas: Object.entries(ages).map(([name, age]) => ({ name, age: async () => (typeof age === "number" ? age : Promise.reject(age)) })),
    });

  it("is what was measured, once a minute, and nothing where nobody answered", async () => {
    const hour = now - (now % HOUR) - 2 * HOUR;
    const away = new Error("away");
    await ask(hour, { "weur/1": 250, "eeur/1": 400 });
    await ask(hour + 10, { "weur/1": 9_000, "eeur/1": 9_000 });
    await ask(hour + MINUTE, { "weur/1": 350, "eeur/1": away });
    await ask(hour + HOUR, { "weur/1": away, "eeur/1": away });
    const { propagation } = await read();
    expect(propagation).toHaveLength(24);
    expect(propagation.slice(-3)).toEqual([
      { hour: new Date(hour - HOUR).toISOString(), samples: 0, p95Ms: null, worstMs: null },
      { hour: new Date(hour).toISOString(), samples: 3, p95Ms: 400, worstMs: 400 },
      { hour: new Date(hour + HOUR).toISOString(), samples: 0, p95Ms: null, worstMs: null },
    ]);
    const ofStaff = (await detailed()).propagation;
    expect(ofStaff).toContainEqual({ day: "2100-04-20", replica: "weur/1", samples: 2, p95Ms: 350, worstMs: 350 });
    expect(ofStaff).toContainEqual({ day: "2100-04-20", replica: "eeur/1", samples: 1, p95Ms: 400, worstMs: 400 });
  });
});
