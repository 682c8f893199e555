import { evictDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import type { Change } from "../../../src/check/feed.ts";
import { DAY, MINUTE } from "../../../src/kernel/clock.ts";
import { START } from "./doubles.ts";
import { DESTROYED, enrolment, excluded, held, keptRegister, numbers, released, replica } from "./kept-register.ts";
import { aCommand, fault, phone, registered, typed } from "./support.ts";

describe("restoring", () => {
  test("brings back all of it: who is excluded, answers to repeated commands, boxes, keys, promised ends", async () => {
    const { api, left, destroy, restore, members, goTo, rows } = keptRegister();
    const command = aCommand("24h", phone(1), [typed(1)], { box: new Uint8Array([1, 2, 3]) });
    const result = await api.register(command);
    await registered(api, aCommand("permanent", phone(2)));
    const enrolled = await api.enrolOperator(enrolment);
    const operator = enrolled.ok ? enrolled.operator.id : "";
    await api.issueKey({ commandId: "k", fingerprint: "g", operator, hash: "00ff", sealedReply: new Uint8Array([9]) });
    const actor = { kind: "operator" as const, id: operator, origin: null };
    await api.actOnToken({ operator, act: "compromised", epoch: 0, generation: 0, p: new Uint8Array(16), reason: "stolen", actor });
    await api.rotatePairKey({ commandId: "m", fingerprint: "g", pairKeyId: "1", reason: "scheduled", actor, after: null });
    const tables = ["exclusions", "exclusionIdentifiers", "phoneHolders", "covered", "commands", "deliveries", "operators", "operatorKeys", "operatorEpochs", "tokenGenerations", "tokenActs", "pairKeyRotations"];
    const all = () => Promise.all(tables.map((table) => rows(`select rowid, * from "${table}" order by 1`)));
    const before = await all();
    const { logId } = await api.poll(0);
    await left();
    await destroy();
    const { report, state } = await restore();
    expect([state, report]).toMatchObject(["in-order", { copy: 0, seq: 7, salvaged: [], gaps: [], merged: [], strays: 0, without: [] }]);
    expect(await all()).toEqual(before);
    expect(await api.register(command)).toEqual(result);
    expect(await api.undelivered(10)).toMatchObject([{ topic: "identity", box: new Uint8Array([1, 2, 3]) }, { topic: "notice" }, { topic: "notice" }]);
    expect(await api.keyHolder("00ff")).toMatchObject({ operator: { state: "active" } });
    const poll = await api.poll(0);
    expect([poll.logId === logId, poll.logId, poll.from, poll.rows]).toEqual([false, report!.logId, poll.seq + 1, []]);
    expect((await api.copy(null)).directory.map(({ type }) => type)).toEqual(["operator", "epoch", "key", "generation"]);
    await goTo(START + DAY);
    expect(await members()).toEqual(numbers(phone(2)));
    expect(await rows("select action, resource from audit where action = 'register.restored'")).toEqual([{ action: "register.restored", resource: logId }]);
  });

  test("tells the office of what it brought back although no entry names it: a torn exclusion, and all of the directory", async () => {
    const { api, left, destroy, restore, rows } = keptRegister();
    const enrolled = await api.enrolOperator(enrolment);
    const operator = enrolled.ok ? enrolled.operator.id : "";
    await api.issueKey({ commandId: "k", fingerprint: "g", operator, hash: "00ff", sealedReply: new Uint8Array([9]), mode: "test", name: "Tills" });
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
    expect(page.changes.map(({ action }) => action)).toEqual(["exclusion.registered", "exclusion.restored", "register.restored"]);
    expect([page.operators, page.keys]).toMatchObject([[{ id: operator, name: "Mfano Ltd" }], [{ operator, state: "active", mode: "test", name: "Tills" }]]);
    expect(await api.keyHolder("00ff")).toMatchObject({ key: { mode: "test", publicId: expect.stringMatching(`^pk_test_${operator}_`) } });
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
    const { report, stopped } = await restore();
    expect(stopped).toBeNull();
    expect(report).toMatchObject({ seq: 1, salvaged: [2, 3, 7], directory: [5], gaps: [[6, 6]] });
    expect(report!.replicas).toEqual([{ name: "weur/1", seq: 4 }, { name: "weur/2", seq: 7 }, { name: "eeur/1", seq: null }]);
    await goTo(START + 400 * DAY);
    expect(await members()).toEqual(numbers(phone(2), phone(3), phone(7)));
    expect(await rows("select seq, logId from salvaged order by seq")).toEqual([2, 3, 7].map((seq) => ({ seq, logId })));
    expect((await api.copy(null)).directory).toMatchObject([{ type: "operator", operator }]);
    expect((await api.poll(0)).seq).toBeGreaterThan(7);
  });
});
