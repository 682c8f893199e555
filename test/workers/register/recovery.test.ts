import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Change } from "../../../src/check/feed.ts";
import type { RecoveryStatus, RestoreOrder } from "../../../src/domains/exclusions/recovery/rpc.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { DAY, type Instant, MINUTE } from "../../../src/kernel/clock.ts";
import { bucketOf } from "./bucket.ts";
import { type RecordingReplica, START } from "./doubles.ts";
import { aCommand, aRegister, fault, phone, registered, typed } from "./support.ts";

const REPLICAS = ["weur/1", "weur/2", "eeur/1"];
const replica = (name: string) => env.RECORDING_REPLICA.getByName(name) as DurableObjectStub<RecordingReplica>;
const held = (name: string, logId: string, rows: Change[]) => replica(name).setHeld({ logId, rows } as never);

afterEach(() => Promise.all(REPLICAS.map(async (name) => {
  await replica(name).setHeld(null);
  await replica(name).setBroken(false);
})));

type Tables = Record<string, Record<string, unknown>[]>;

/** A Register with its bucket, and what can befall both. */
function keptRegister() {
  const name = crypto.randomUUID();
  const register = aRegister(name);
  const { api, stub, rows } = register;
  const inside = <T>(work: (state: DurableObjectState) => T | Promise<T>) => runInDurableObject(stub, (_, state) => work(state));
  return {
    ...register,
    bucket: bucketOf(name),
    /** By a stub of its own: one whose object broke stays broken. */
    again: () => aRegister(name),
    /** Waits until everything has left. */
    left: () => vi.waitFor(async () => expect(await rows("select * from journal union all select id, number, upTo from outgoing")).toEqual([]), { timeout: 5_000 }),
    async destroy(): Promise<void> {
      await inside((state) => state.storage.deleteAll());
      await evictDurableObject(stub);
    },
    /** The storage as it is, to be put back later. */
    image: (): Promise<Tables> => inside(({ storage: { sql } }) =>
      Object.fromEntries(tablesIn(sql).map((table) => [table, sql.exec(`select * from "${table}"`).toArray()]))),
    async putBack(image: Tables): Promise<void> {
      await inside(({ storage: { sql } }) => {
        for (const { name: trigger } of sql.exec<{ name: string }>("select name from sqlite_master where type = 'trigger'").toArray()) sql.exec(`drop trigger "${trigger}"`);
        for (const table of tablesIn(sql)) {
          sql.exec(`delete from "${table}"`);
          for (const row of image[table] ?? []) {
            const columns = Object.keys(row);
            sql.exec(`insert into "${table}" (${columns.map((column) => `"${column}"`).join()}) values (${columns.map(() => "?").join()})`, ...Object.values(row));
          }
        }
      });
      await evictDurableObject(stub);
    },
    async restore(order: Partial<RestoreOrder> = {}): Promise<RecoveryStatus> {
      for (;;) {
        const status = await api.restoreStep({ without: [], acceptEnd: null, ...order });
        if (status.state === "in-order" || status.stopped) return status;
      }
    },
    members: async (): Promise<string[]> => (await api.copy(null)).members.map(({ p }) => toHex(p)),
    goOn: async (now: Instant) => {
      await api.setNow(now);
      await runDurableObjectAlarm(stub);
    },
    /** Lets the alarm run until a copy is whole. */
    copied: async (now: Instant) => {
      await api.setNow(now);
      const { copied } = (await rows<{ copied: number | null }>("select copied from chain"))[0]!;
      while ((await rows<{ copied: number | null }>("select copied from chain"))[0]!.copied === copied) await runDurableObjectAlarm(stub);
    },
  };
}

const tablesIn = (sql: SqlStorage): string[] =>
  sql.exec<{ name: string }>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_%' escape '\\'").toArray().map(({ name }) => name);

const DESTROYED = "this Register was destroyed and has to be restored";

const numbers = (...people: ReturnType<typeof phone>[]): string[] => people.map(({ p }) => toHex(p)).toSorted();
const excluded = (seq: number, t: Instant, by: { p: Uint8Array }): Change => ({ seq, t, type: "excluded", rootEpoch: 0, p: by.p });
const released = (seq: number, t: Instant, by: { p: Uint8Array }): Change => ({ ...excluded(seq, t, by), type: "released" }) as Change;
const enrolment = { commandId: "e", fingerprint: "f", name: "Mfano Ltd", requiredKinds: [] };

describe("a Register whose storage is empty", () => {
  test("begins only after it wrote that it did, and not while the bucket is away", async () => {
    const { api, bucket, again } = keptRegister();
    bucket.setAway("before");
    expect(await fault(() => api.register(aCommand("24h", phone(1))))).toContain("the bucket is away");
    bucket.setAway(null);
    await registered(again().api, aCommand("24h", phone(1)));
    expect(bucket.keys()).toContain("genesis");
  });

  test("is not taken for destroyed because the answer to its own writing was lost", async () => {
    const { api, bucket, again } = keptRegister();
    bucket.setAway("after");
    expect(await fault(() => api.poll(0))).toContain("the bucket is away");
    expect(bucket.keys()).toEqual(["genesis"]);
    bucket.setAway(null);
    expect((await again().api.poll(0)).seq).toBe(0);
  });

  test("and was another's before answers nothing, takes nothing and says so each minute", async () => {
    const { api, destroy, left, goOn } = keptRegister();
    await registered(api, aCommand("24h", phone(1)));
    await left();
    await destroy();
    const calls = [
      () => api.poll(0), () => api.pollByIsolate(0), () => api.copy(null), () => api.register(aCommand("24h", phone(1))),
      () => api.exclusionsOf(phone(1).p), () => api.undelivered(1), () => api.keyHolder("00"), () => api.enrolOperator(enrolment),
    ];
    for (const call of calls) expect(await fault(call)).toBe(DESTROYED);
    await goOn(START + MINUTE);
    expect(JSON.parse((await api.lines()).at(-1)!)).toMatchObject({ "log.level": "error", "message": DESTROYED });
    expect((await api.recovery()).state).toBe("destroyed");
  });
});

describe("the journal", () => {
  test("has triggers for every table and column Register keeps", async () => {
    const { api, rows } = keptRegister();
    await api.poll(0);
    const tables = (await rows<{ name: string }>("select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name not like '\\_%' escape '\\'")).map(({ name }) => name);
    const own = ["journal", "chain", "outgoing", "copying", "restoration", "stranded", "due"];
    const fleeting: Record<string, string[]> = { head: ["t", "fence"], deliveries: ["lentUntil"] };
    const kept = tables.filter((table) => !own.includes(table) && !table.startsWith("__drizzle"));
    const triggers = await rows<{ name: string; sql: string }>("select name, sql from sqlite_master where type = 'trigger'");
    expect(triggers.map(({ name }) => name).toSorted()).toEqual(kept.flatMap((table) => ["insert", "update", "delete"].map((event) => `journal_${table}_${event}`)).toSorted());
    for (const [table, columns] of Object.entries(fleeting)) {
      const all = (await rows<{ name: string }>(`select name from pragma_table_info('${table}')`)).map(({ name }) => name);
      const { sql } = triggers.find(({ name }) => name === `journal_${table}_update`)!;
      for (const column of all) expect([column, sql.includes(`"${column}"`)]).toEqual([column, !columns.includes(column)]);
    }
  });

  test("leaves sealed and chained, soon after the commit; polls and loans do not", async () => {
    const { api, left, bucket } = keptRegister();
    const command = aCommand("24h", phone(1), [], { box: new Uint8Array(64).fill(9) });
    await registered(api, command);
    await left();
    const count = bucket.keys("segments/").length;
    await api.poll(0);
    await api.undelivered(10);
    await scheduler.wait(400);
    expect(bucket.keys("segments/")).toHaveLength(count);
    for (const key of bucket.keys()) expect(new TextDecoder("latin1").decode(bucket.bytes(key))).not.toContain(command.commandId);
  });

  test("waits while the bucket is away, registrations do not; alarms after a minute, and leaves when it is back", async () => {
    const { api, bucket, left, goOn } = keptRegister();
    await api.poll(0);
    await left();
    bucket.setAway("before");
    for (const n of [1, 2, 3]) await registered(api, aCommand("24h", phone(n)));
    expect((await api.poll(0)).seq).toBe(3);
    await scheduler.wait(50);
    await goOn(START + MINUTE + 30_000);
    const lines = (await api.lines()).map((line) => JSON.parse(line));
    expect(lines).toMatchObject([{ "message": expect.stringContaining("wait to leave"), "lagMs": MINUTE + 30_000, "error.message": "the bucket is away" }]);
    bucket.setAway(null);
    await goOn(START + 2 * MINUTE);
    await left();
    expect((await api.recovery()).lagMs).toBe(0);
  });

  test("is the same segment again when its answer was lost", async () => {
    const { api, bucket, left, goOn } = keptRegister();
    await api.poll(0);
    await left();
    bucket.setAway("after");
    await registered(api, aCommand("24h", phone(1)));
    await scheduler.wait(50);
    const before = bucket.keys("segments/");
    bucket.setAway(null);
    await registered(api, aCommand("24h", phone(2)));
    await goOn(START + MINUTE);
    await left();
    expect((await api.poll(0)).seq).toBe(2);
    expect(bucket.keys("segments/").slice(0, before.length)).toEqual(before);
  });
});

describe("restoring", () => {
  test("brings back all of it: who is excluded, answers to repeated commands, boxes, keys, promised ends", async () => {
    const { api, left, destroy, restore, members, goTo, rows } = keptRegister();
    const command = aCommand("24h", phone(1), [typed(1)], { box: new Uint8Array([1, 2, 3]) });
    const result = await api.register(command);
    await registered(api, aCommand("permanent", phone(2)));
    const enrolled = await api.enrolOperator(enrolment);
    await api.issueKey({ commandId: "k", fingerprint: "g", operator: enrolled.ok ? enrolled.operator.id : "", hash: "00ff", sealedReply: new Uint8Array([9]) });
    const tables = ["exclusions", "exclusionIdentifiers", "phoneHolders", "covered", "commands", "deliveries", "operators", "operatorKeys", "operatorEpochs"];
    const all = () => Promise.all(tables.map((table) => rows(`select rowid, * from "${table}" order by 1`)));
    const before = await all();
    const { logId } = await api.poll(0);
    await left();
    await destroy();
    const { report, state } = await restore();
    expect([state, report]).toMatchObject(["in-order", { copy: 0, seq: 6, salvaged: [], gaps: [], merged: [], strays: 0, without: [] }]);
    expect(await all()).toEqual(before);
    expect(await api.register(command)).toEqual(result);
    expect(await api.undelivered(10)).toMatchObject([{ topic: "identity", box: new Uint8Array([1, 2, 3]) }, { topic: "notice" }, { topic: "notice" }]);
    expect(await api.keyHolder("00ff")).toMatchObject({ operator: { state: "active" } });
    const poll = await api.poll(0);
    expect([poll.logId === logId, poll.logId, poll.from, poll.rows]).toEqual([false, report!.logId, poll.seq + 1, []]);
    expect((await api.copy(null)).directory.map(({ type }) => type)).toEqual(["operator", "epoch", "key"]);
    await goTo(START + DAY);
    expect(await members()).toEqual(numbers(phone(2)));
    expect(await rows("select action, resource from audit where action = 'register.restored'")).toEqual([{ action: "register.restored", resource: logId }]);
  });

  test("tells the office of what it brought back although no entry names it: a torn exclusion, and all of the directory", async () => {
    const { api, left, destroy, restore, rows } = keptRegister();
    const enrolled = await api.enrolOperator(enrolment);
    const operator = enrolled.ok ? enrolled.operator.id : "";
    await api.issueKey({ commandId: "k", fingerprint: "g", operator, hash: "00ff", sealedReply: new Uint8Array([9]) });
    const { reference: whole } = await registered(api, aCommand("permanent", phone(1)));
    const { reference: torn } = await registered(api, aCommand("permanent", phone(2), [typed(2)]));
    await rows(`delete from audit where resource = '${torn}' or action like 'operator.%'`);
    await left();
    const before = await api.projection(0, 500);
    expect([before.exclusions.map(({ reference }) => reference), before.operators]).toEqual([[whole], []]);
    await destroy();
    expect(await fault(() => api.projection(0, 500))).toBe(DESTROYED);
    const { report } = await restore();
    const page = await api.projection(0, 500);
    expect(page.logId).toBe(report!.logId);
    expect(page.exclusions.map(({ reference }) => reference).toSorted()).toEqual([whole, torn].toSorted());
    expect(page.changes.map(({ action }) => action)).toEqual(["exclusion.registered", "exclusion.restored"]);
    expect([page.operators, page.keys]).toMatchObject([[{ id: operator, name: "Mfano Ltd" }], [{ operator, state: "active" }]]);
    expect(JSON.stringify(page)).not.toContain("00ff");
    expect(page.position).toBe(page.head);
  });

  test("reads a copy and the segments after it, whatever changed while the copy was made; killed between steps it goes on", async () => {
    const { api, stub, left, goOn, copied, destroy, restore, members, bucket } = keptRegister();
    for (let n = 1; n <= 40; n++) await registered(api, aCommand(n % 2 ? "24h" : "permanent", phone(n)));
    await left();
    await api.setNow(START + DAY);
    bucket.setAway("after");
    await goOn(START + DAY);
    await evictDurableObject(stub);
    bucket.setAway(null);
    for (let n = 41; n <= 45; n++) await registered(api, aCommand("permanent", phone(n)));
    await copied(START + DAY + MINUTE);
    await registered(api, aCommand("permanent", phone(46)));
    await left();
    const before = await members();
    await destroy();
    await api.setPace(MINUTE);
    let steps = 0;
    for (let state = ""; state !== "in-order"; steps++) {
      const status = await api.restoreStep({ without: [], acceptEnd: null });
      expect(status.stopped).toBeNull();
      ({ state } = status);
      if (state !== "in-order") expect(await fault(() => api.poll(0))).toBe("this Register is being restored");
      if (steps < 6 || steps % 9 === 0) await evictDurableObject(stub);
    }
    await api.setPace(0);
    expect(steps).toBeGreaterThan(30);
    expect(await members()).toEqual(before);
    expect((await restore()).report!.copy).toBeGreaterThan(0);
  });

  test("takes an older copy, or the beginning, for one that is damaged", async () => {
    const { api, left, copied, destroy, restore, members, bucket } = keptRegister();
    await registered(api, aCommand("permanent", phone(1)));
    await left();
    await copied(START + DAY);
    const [part] = bucket.keys("copies/");
    bucket.change(part!, (bytes) => bytes.with(40, bytes[40]! ^ 1));
    await destroy();
    expect((await restore()).report).toMatchObject({ copy: 0, brokenCopies: [expect.any(Number)] });
    expect(await members()).toEqual(numbers(phone(1)));
  });

  test("needs nothing that is swept: old segments and copies go, the newest two copies and what follows them stay", async () => {
    const { api, left, copied, goOn, destroy, restore, members, bucket } = keptRegister();
    for (const n of [1, 2, 3, 4]) {
      await registered(api, aCommand("permanent", phone(n)));
      await left();
      await copied(START + n * DAY);
    }
    await goOn(START + 4 * DAY);
    const whole = bucket.keys("copies/").filter((key) => key.endsWith("/whole"));
    expect([whole.length, bucket.keys("segments/")[0]!.split("/")[1]]).toEqual([2, whole[0]!.split("/")[1]]);
    await destroy();
    expect((await restore()).state).toBe("in-order");
    expect(await members()).toEqual(numbers(phone(1), phone(2), phone(3), phone(4)));
  });

  async function three() {
    const it = keptRegister();
    for (const n of [1, 2, 3]) {
      await registered(it.api, aCommand("permanent", phone(n)));
      await it.left();
    }
    const segments = it.bucket.keys("segments/");
    return { ...it, segments, middle: segments.at(-2)!, last: segments.at(-1)! };
  }

  test.each([
    ["missing", (it: Awaited<ReturnType<typeof three>>) => void it.bucket.remove(it.middle)],
    ["damaged", (it) => it.bucket.change(it.middle, (bytes) => bytes.with(30, bytes[30]! ^ 1))],
    ["another's", (it) => it.bucket.change(it.middle, () => it.bucket.bytes(it.last).slice())],
  ] as [string, (it: Awaited<ReturnType<typeof three>>) => void][])("stops at a segment that is %s, and goes on when somebody accepts the end; then it ships under new numbers and is restored again", async (_, harm) => {
    const it = await three();
    harm(it);
    await it.destroy();
    const { stopped } = await it.restore();
    const before = it.segments.length - 2;
    expect(stopped).toBe(`segment ${before + 1} is missing, damaged or does not follow on segment ${before}, and others stand after it`);
    expect(await fault(() => it.api.poll(0))).toBe("this Register is being restored");
    expect((await it.restore({ acceptEnd: before })).report).toMatchObject({ segment: before, strays: it.segments.length - before - (it.bucket.keys("segments/").includes(it.middle) ? 0 : 1) });
    expect(await it.members()).toEqual(numbers(phone(1)));
    await registered(it.api, aCommand("permanent", phone(4)));
    await it.left();
    await it.destroy();
    expect((await it.restore()).state).toBe("in-order");
    expect(await it.members()).toEqual(numbers(phone(1), phone(4)));
  });

  test("waits for the bucket and for each Replica, unless it is told to do without", async () => {
    const { api, left, destroy, restore, bucket } = keptRegister();
    await registered(api, aCommand("permanent", phone(1)));
    await left();
    await destroy();
    await api.recovery();
    bucket.setAway("before");
    expect((await restore()).stopped).toBe("the bucket is away");
    bucket.setAway(null);
    await replica("weur/2").setBroken(true);
    expect((await restore()).stopped).toBe("the Replica weur/2 does not answer");
    expect((await restore({ without: ["weur/2"] })).report).toMatchObject({ without: ["weur/2"], replicas: [{ name: "weur/1" }, { name: "eeur/1" }] });
  });

  test("keeps excluded whom a Replica says excluded beyond the bucket, for ever, and names what is lost", async () => {
    const { api, left, destroy, restore, members, goTo, rows } = keptRegister();
    await registered(api, aCommand("24h", phone(1)));
    const { logId } = await api.poll(0);
    await left();
    await destroy();
    const operator = { id: "mfano01abc", state: "active" as const, requiredKinds: [] };
    const lost: Change[] = [
      excluded(2, START, phone(2)), excluded(3, START, phone(3)), released(4, START, phone(3)),
      { seq: 5, t: START, type: "operator", operator }, excluded(7, START, phone(7)),
    ];
    await held("weur/1", logId, lost.slice(0, 3));
    await held("weur/2", logId, lost);
    await held("eeur/1", "another log", [excluded(2, START, phone(9))]);
    const { report } = await restore();
    expect(report).toMatchObject({ seq: 1, salvaged: [2, 3, 7], directory: [5], gaps: [[6, 6]] });
    expect(report!.replicas).toEqual([{ name: "weur/1", seq: 4 }, { name: "weur/2", seq: 7 }, { name: "eeur/1", seq: null }]);
    await goTo(START + 400 * DAY);
    expect(await members()).toEqual(numbers(phone(2), phone(3), phone(7)));
    expect(await rows("select seq, logId from salvaged order by seq")).toEqual([2, 3, 7].map((seq) => ({ seq, logId })));
    expect((await api.copy(null)).directory).toMatchObject([{ type: "operator", operator }]);
    expect((await api.poll(0)).seq).toBeGreaterThan(7);
  });
});

describe("a Register that was rolled back", () => {
  test("sees by the bucket that it was before it vouches, and what it took on since is merged", async () => {
    const { api, left, image, putBack, restore, members, rows, goTo } = keptRegister();
    await registered(api, aCommand("24h", phone(1)));
    await left();
    const old = await image();
    await registered(api, aCommand("24h", phone(2)));
    const lost = await registered(api, aCommand("24h", phone(3)));
    const { logId } = await api.poll(0);
    await left();
    await putBack(old);
    await api.setNow(START + 1_000);
    expect(await fault(() => api.poll(0))).toContain("lost rows");
    const command = aCommand("permanent", phone(3), [typed(3)]);
    const again = await api.register(command);
    const fresh = await registered(api, aCommand("24h", phone(4)));
    expect((await api.recovery()).state).toBe("rows-lost");
    await held("weur/1", logId, [excluded(2, START, phone(2)), excluded(3, START, phone(3)), excluded(4, START, phone(5))]);
    const { report } = await restore();
    expect(report).toMatchObject({ seq: 3, merged: [again.ok && again.receipt.reference, fresh.reference], salvaged: [4] });
    expect(await members()).toEqual(numbers(phone(1), phone(2), phone(3), typed(3), phone(4), phone(5)));
    expect(await api.exclusionsOf(phone(3).p)).toMatchObject([{ reference: lost.reference, endsAt: null, endMode: "confirmed" }]);
    expect(await api.register(command)).toEqual(again);
    expect(await rows("select count(*) as n from phoneHolders")).toEqual([{ n: 4 }]);
    await goTo(START + 2 * DAY);
    expect(await members()).toEqual(numbers(phone(3), typed(3), phone(5)));
  });

  test("into the last moments of its restoring is restored anew, with what it took on since", async () => {
    const { api, left, image, putBack, bucket, restore, members, destroy, again } = keptRegister();
    await registered(api, aCommand("24h", phone(1)));
    await left();
    await destroy();
    expect((await api.recovery()).state).toBe("destroyed");
    bucket.setAway("after");
    expect((await restore()).stopped).toContain("the bucket is away");
    const old = { ...(await image()), outgoing: [] };
    bucket.setAway(null);
    expect((await restore()).state).toBe("in-order");
    await registered(again().api, aCommand("24h", phone(2)));
    await left();
    await putBack(old);
    expect(await fault(() => again().api.poll(0))).toContain("is being restored");
    expect((await restore()).state).toBe("in-order");
    expect(await members()).toEqual(numbers(phone(1), phone(2)));
  });

  test("is seen at the next segment too, when the bucket was away as it woke", async () => {
    const { api, left, image, putBack, bucket, goOn } = keptRegister();
    await registered(api, aCommand("24h", phone(1)));
    await left();
    const old = await image();
    await registered(api, aCommand("24h", phone(2)));
    await left();
    await putBack(old);
    bucket.setAway("before");
    await api.poll(0);
    bucket.setAway(null);
    await registered(api, aCommand("24h", phone(3)));
    await vi.waitFor(async () => expect(await fault(() => api.poll(0))).toContain("lost rows"));
    await goOn(START);
    expect((await api.lines()).join()).toContain("are lost");
  });
});

test("a Register in order is not restored", async () => {
  const { api } = keptRegister();
  await registered(api, aCommand("24h", phone(1)));
  expect(await api.restoreStep({ without: [], acceptEnd: null })).toMatchObject({ state: "in-order", report: null });
  expect((await api.poll(0)).seq).toBe(1);
});
