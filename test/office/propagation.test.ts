import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { putExclusions } from "../../src/domains/exclusions/office/store.ts";
import { exclusions } from "../../src/domains/exclusions/office/tables.ts";
import type { Lateness } from "../../src/domains/operators/acknowledgements/model.ts";
import type { Propagated } from "../../src/domains/operators/acknowledgements/rpc.ts";
import { putOperators } from "../../src/domains/operators/office/store.ts";
import { operators } from "../../src/domains/operators/office/tables.ts";
import { askEach } from "../../src/domains/operators/propagation/ask.ts";
import { ofExclusion, overdue } from "../../src/domains/operators/propagation/desk.ts";
import { propagationOf } from "../../src/domains/operators/propagation/look.ts";
import { sweepPropagation, type SweepParts } from "../../src/domains/operators/propagation/sweep.ts";
import { propagationLapses } from "../../src/domains/operators/propagation/tables.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { makeReference, REFERENCES } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { auditEntries, events } from "../../src/office/tables.ts";
import { testApi } from "../support/api.ts";
import { deskOf, peopleOf, visitorWith } from "../support/desk.ts";
import { UNTOUCHED } from "../support/exclusions.ts";
import { testOffice } from "../support/office.ts";

const test = testOffice();
const T0 = Date.UTC(2026, 10, 2, 9);
const wait = (ms: number) => new Promise<void>((over) => setTimeout(over, ms));
const asking = { atOnce: 4, eachMs: 50, allMs: 500, wait };
const never = () => new Promise<never>(() => undefined);

let now: number;
let late: Record<string, Lateness[] | "away" | "hangs">;
let lines: [string, Record<string, string | number>][];

beforeEach(async () => {
  const { primary } = test.office;
  for (const table of [propagationLapses, events, operators, exclusions]) await primary.delete(table);
  [now, late, lines] = [T0, {}, []];
  const operator = { state: "active" as const, requiredKinds: [], enrolledAt: 1, declaredCustomers: 0, licensedUntil: null, generation: 1 };
  await putOperators(primary, ["aaaa", "bbbb", "cccc"].map((id) => ({ ...operator, id, name: `Bet ${id}` })));
});

const sweepParts = (over: Partial<SweepParts> = {}): SweepParts => ({
  office: test.office, asking, clock: () => now, random,
  alarm: (...line) => void lines.push(line), report: (error) => { throw error; },
  feed: (operator) => ({ overdue: async () => {
    const said = late[operator] ?? [];
    return said === "hangs" ? never() : said === "away" ? Promise.reject(new Error("away")) : said;
  } }),
  ...over,
});
const sweep = (over?: Partial<SweepParts>) => sweepPropagation(sweepParts(over));
const lapses = () => test.office.primary.select().from(propagationLapses).orderBy(propagationLapses.since).all();
const entries = async (action: string) => (await test.office.primary.select().from(auditEntries).where(eq(auditEntries.action, action)).all()).length;

describe("a sweep", () => {
  it("makes of what somebody is late with one lapse a kind, one entry and one alarm line, however often it is seen, and closes it when they caught up", async () => {
    const [begun, over] = [await entries("propagation.overdue"), await entries("propagation.caught-up")];
    late.aaaa = [{ kind: "received", count: 2, since: T0 - MINUTE }, { kind: "handled", count: 2, since: T0 }];
    await sweep();
    now += MINUTE;
    late.aaaa = [{ kind: "received", count: 5, since: T0 }];
    await sweep();
    expect(await lapses()).toMatchObject([
      { operator: "aaaa", kind: "received", state: "open", count: 5, most: 5, since: T0 - MINUTE, seenAt: now, caughtUpAt: null },
      { operator: "aaaa", kind: "handled", state: "caught-up", count: 0, most: 2, caughtUpAt: now },
    ]);
    expect(lines).toEqual([
      ["an operator is behind with exclusions", { operator: "aaaa", kind: "received", count: 2, since: "2026-11-02T08:59:00.000Z" }],
      ["an operator is behind with exclusions", { operator: "aaaa", kind: "handled", count: 2, since: "2026-11-02T09:00:00.000Z" }],
    ]);
    expect([await entries("propagation.overdue") - begun, await entries("propagation.caught-up") - over]).toEqual([2, 1]);
    now += MINUTE;
    late.aaaa = [{ kind: "handled", count: 1, since: now }];
    await sweep();
    expect((await lapses()).map(({ kind, state }) => `${kind} ${state}`)).toEqual(["received caught-up", "handled caught-up", "handled open"]);
    expect(lines).toHaveLength(3);
  });

  it("that runs twice at once begins nothing twice, and closes nothing twice", async () => {
    const over = await entries("propagation.caught-up");
    late.aaaa = [{ kind: "received", count: 1, since: T0 }];
    await Promise.all([sweep(), sweep(), sweep()]);
    expect(await lapses()).toHaveLength(1);
    late.aaaa = [];
    await Promise.all([sweep(), sweep()]);
    expect([(await lapses())[0]!.state, await entries("propagation.caught-up") - over]).toEqual(["caught-up", 1]);
  });

  it("leaves who does not answer as they were, says so, and keeps the others waiting for nobody", async () => {
    late = { aaaa: [{ kind: "received", count: 1, since: T0 }], bbbb: [{ kind: "handled", count: 1, since: T0 }] };
    await sweep();
    late = { aaaa: "away", bbbb: "hangs", cccc: [{ kind: "handled", count: 3, since: T0 }] };
    now += MINUTE;
    await sweep();
    expect((await lapses()).map(({ operator, state, seenAt }) => [operator, state, seenAt]).toSorted()).toEqual([["aaaa", "open", T0], ["bbbb", "open", T0], ["cccc", "open", now]]);
    expect(lines).toContainEqual(["operators' feeds did not say whether they are behind", { "operators.unknown": 2 }]);
  });

  it("that is stopped after its commit raises the alarm the next time", async () => {
    late.aaaa = [{ kind: "received", count: 1, since: T0 }];
    const stopped = { alarm: () => { throw new Error("killed"); }, report: () => undefined };
    await sweep(stopped);
    expect([await lapses(), lines]).toEqual([[expect.objectContaining({ kind: "received" })], []]);
    await sweep();
    await sweep();
    expect(lines).toHaveLength(1);
  });
});

describe("asking feeds", () => {
  it("asks few at a time, gives up on each after a while and on all of them together, and never takes silence for an answer", async () => {
    let [open, most] = [0, 0];
    const ask = async (n: number) => {
      most = Math.max(most, ++open);
      await (n % 5 === 0 ? wait(80) : wait(1));
      open--;
      return n;
    };
    const answers = await askEach(Array.from({ length: 20 }, (_, n) => n), ask, asking);
    expect([answers.filter((answer) => answer !== null).length, answers.filter((_, n) => n % 5 === 0)]).toEqual([16, [null, null, null, null]]);
    expect(most).toBeLessThanOrEqual(8);
    const begun = Date.now();
    expect(await askEach(Array.from({ length: 100 }, (_, n) => n), never, { ...asking, atOnce: 2 })).toEqual(Array.from({ length: 100 }, () => null));
    expect(Date.now() - begun).toBeLessThan(2_000);
    let asked = 0;
    await askEach(Array.from({ length: 100 }, (_, n) => n), async () => { asked++; return never(); }, { ...asking, allMs: 120 });
    const until = asked;
    await wait(120);
    expect(asked).toBe(until);
    expect(await askEach([], never, asking)).toEqual([]);
  });
});

const told = (over: Partial<Propagated> = {}): Propagated =>
  ({ events: [{ sequence: 1, type: "exclusion.started", at: T0, receivedAt: T0 + 5, handledAt: null }], acknowledged: [], reachable: true, ...over });

/** An exclusion with two identifiers, of whose person another exclusion has a third. */
async function anExclusion() {
  const reference = makeReference(REFERENCES.exclusion, random);
  await putExclusions(test.office.primary, [{
    id: crypto.randomUUID(), reference, personId: crypto.randomUUID(), state: "active", policy: "1y", policyVersion: 1, endMode: "automatic", channel: "web", startedAt: T0,
    endsAt: null, ...UNTOUCHED, identifiers: [], generation: 1,
  }]);
  const identifier = (n: number, of: string) =>
    ({ p: new Uint8Array(16).fill(n), kind: "msisdn" as const, retiredAt: 0, statements: [{ personId: "p", reference: of, state: "active" as const, evidence: "code" as const, standing: "firm" as const, addedAt: T0 }] });
  const linked = { personId: "p", excluded: true, identifiers: [identifier(1, reference), identifier(2, reference), identifier(3, "NSER-OTHER")] };
  return { reference, register: { linkedTo: async (asked: string) => (asked === reference ? linked : null) } };
}

describe("an exclusion's propagation", () => {
  it("is how far it came with each operator; one whose feed does not answer is unknown, never done", async () => {
    const { reference, register } = await anExclusion();
    const asked: unknown[] = [];
    const feed = (operator: string) => ({ propagated: async (...question: unknown[]): Promise<Propagated> => {
      asked.push([operator, ...question]);
      if (operator === "aaaa") return told({ acknowledged: [{ state: "session_ended", at: T0, saidAt: T0 }] });
      return operator === "bbbb" ? never() : Promise.reject(new Error("away"));
    } });
    const found = await propagationOf({ office: test.office, register, feed: feed as never, asking, clock: () => now + MINUTE }, reference);
    expect(found!.operators.map(({ operator, name, reach, owed }) => [operator, name, reach, owed.length])).toEqual([
      ["aaaa", "Bet aaaa", "acknowledged", 3], ["bbbb", "Bet bbbb", "unknown", 0], ["cccc", "Bet cccc", "unknown", 0],
    ]);
    expect(asked[0]).toEqual(["aaaa", [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)], T0, T0 + MINUTE]);
  });

  it("is called by what is known of it", async () => {
    const { reference, register } = await anExclusion();
    const [event] = told().events;
    const reachOf = async (answer: Propagated) =>
      (await propagationOf({ office: test.office, register, feed: () => ({ propagated: async () => answer }), asking, clock: () => now }, reference))!.operators[0]!.reach;
    expect(await reachOf(told({ events: [] }))).toBe("not-told");
    expect(await reachOf(told({ events: [{ ...event!, receivedAt: null }], reachable: false }))).toBe("unreachable");
    expect(await reachOf(told({ events: [{ ...event!, receivedAt: null }] }))).toBe("waiting");
    expect(await reachOf(told())).toBe("received");
    expect(await reachOf(told({ events: [{ ...event!, handledAt: T0 + 9 }] }))).toBe("no-customer");
    const all = (["session_ended", "account_closed", "marketing_removed", "balance_returned"] as const).map((state) => ({ state, at: T0, saidAt: T0 }));
    expect(await reachOf(told({ acknowledged: all }))).toBe("done");
    expect(await reachOf(told({ acknowledged: all.slice(2, 3) }))).toBe("done");
  });
});

describe("over the API and at the desk", () => {
  const people = peopleOf(test);

  async function world() {
    const { reference, register } = await anExclusion();
    late = { aaaa: [{ kind: "received", count: 2, since: T0 - MINUTE }], bbbb: [{ kind: "handled", count: 1, since: T0 }] };
    await sweep();
    const propagation = { office: test.office, register, feed: () => ({ propagated: async () => told() }), asking, clock: () => now };
    const reads: string[] = [];
    const principals: Record<string, any> = { own: [{ role: "operator_user", operator: "aaaa" }], officer: [{ role: "grak_officer", operator: null }], citizen: [{ role: "citizen", operator: null }] };
    const access = {
      principalOf: async (token: string) => (principals[token] ? { userId: crypto.randomUUID(), assignments: principals[token] } : null),
      read: async ({ action, resource }: any) => void reads.push(`${action} ${resource}`),
    };
    const api = await testApi({ office: test.office, access: access as never, parts: { propagation } });
    const get = (who: string, path: string) => api.call("GET", path, { headers: { authorization: `Bearer ${who}` } });
    return { reference, propagation, reads, get };
  }

  it("staff see every operator, an operator's people their own, and nobody else anything", async () => {
    const { get, reference } = await world();
    const all = await get("officer", "/v1/propagation/overdue");
    expect(all.body.items.map(({ operator, name, kind, count }: any) => [operator, name, kind, count])).toEqual([["aaaa", "Bet aaaa", "received", 2], ["bbbb", "Bet bbbb", "handled", 1]]);
    expect((await get("officer", "/v1/propagation/overdue?operator=bbbb")).body.items).toHaveLength(1);
    expect((await get("officer", "/v1/propagation/overdue?kind=received&state=caught-up")).body.items).toEqual([]);
    expect((await get("own", "/v1/operators/aaaa/propagation/overdue")).body.items).toMatchObject([{ operator: "aaaa" }]);
    const refused = [["own", "/v1/operators/bbbb/propagation/overdue"], ["own", "/v1/propagation/overdue"], ["own", `/v1/exclusions/${reference}/propagation`], ["citizen", "/v1/propagation/overdue"]] as const;
    for (const [who, path] of refused) expect([who, path, (await get(who, path)).response.status]).toEqual([who, path, 403]);
  });

  it("a look at an exclusion is in the audit before it is answered; a mistyped reference, and one that nobody has, are told apart", async () => {
    const { get, reference, reads } = await world();
    const { body } = await get("officer", `/v1/exclusions/${reference.toLowerCase()}/propagation`);
    expect(body).toMatchObject({ reference, operators: [{ operator: "aaaa", reach: "received", events: [{ sequence: 1, receivedAt: "2026-11-02T09:00:00.005Z", handledAt: null }] }, {}, {}] });
    expect(reads).toEqual([`exclusion.propagation-viewed exclusion/${reference}`]);
    expect((await get("officer", "/v1/exclusions/NSER-1/propagation")).response.status).toBe(422);
    expect((await get("officer", `/v1/exclusions/${makeReference(REFERENCES.exclusion, random)}/propagation`)).response.status).toBe(404);
    expect(reads).toHaveLength(1);
  });

  it("the desk shows officers the same, has the look in the audit, and tells others that there is nothing", async () => {
    const { propagation, reference } = await world();
    const parts = { ...deskOf(test.office), ...propagation, clock: Date.now };
    const { visitor } = await people.staff("grak_auditor");
    const filter = { state: "", kind: "nonsense", operator: "aaaa" };
    expect(await overdue(parts, { visitor, filter, after: "nobody made this" })).toMatchObject({ ok: true, lines: [{ operator: "aaaa", name: "Bet aaaa", kind: "received" }], next: null });
    const found = await ofExclusion(parts, { visitor, reference });
    expect(found).toMatchObject({ ok: true, propagation: { reference, operators: [{ reach: "received" }, {}, {}] } });
    expect(await people.actionsOn(`exclusion/${reference}`)).toEqual([["exclusion.propagation-viewed", {}]]);
    expect(await ofExclusion(parts, { visitor, reference: "NSER-1" })).toEqual({ ok: false, refusal: "not-found" });
    for (const other of [(await people.staff("operator_admin", "aaaa")).visitor, (await people.citizen()) && visitorWith(null)]) {
      expect([(await overdue(parts, { visitor: other, filter, after: null })).ok, (await ofExclusion(parts, { visitor: other, reference })).ok]).toEqual([false, false]);
    }
  });
});
