import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import type { Change } from "../../../src/check/feed.ts";
import { DAY, MINUTE, SECOND } from "../../../src/kernel/clock.ts";
import { START, type RecordingReplica } from "./doubles.ts";
import { aCommand, aRegister, fault, phone, registered, replay, typed } from "./support.ts";

describe("a poll", () => {
  test("answers the rows after a place, and writes that it did", async () => {
    const { api, rows } = aRegister();
    await registered(api, aCommand("24h", phone(1), [typed(1)]));
    await api.setNow(START + SECOND);
    const answer = await api.poll(1);
    expect(answer).toMatchObject({ logId: expect.stringMatching(/^[0-9a-f]{32}$/), seq: 2, t: START + SECOND });
    expect(answer.rows).toEqual([{ seq: 2, t: START, type: "excluded", rootEpoch: 0, p: typed(1).p, kind: "national_id" }]);
    expect(await rows("select fence, t from head")).toEqual([{ fence: 1, t: START + SECOND }]);
    await api.poll(2);
    expect(await rows("select fence from head")).toEqual([{ fence: 2 }]);
  });

  test("never goes back in time, whatever the clock does", async () => {
    const { api } = aRegister();
    await api.setNow(START + DAY);
    await api.poll(0);
    await api.setNow(START);
    await registered(api, aCommand("24h", phone(1)));
    const { t, rows } = await api.poll(0);
    expect([t, rows[0]!.t]).toEqual([START + DAY, START + DAY]);
  });

  test("carries at most 5,000 rows, in order, and the head says that more follow", async () => {
    const { api, stub } = aRegister();
    await api.poll(0);
    await runInDurableObject(stub, (_, state) => {
      state.storage.sql.exec("with recursive n(i) as (select 1 union all select i + 1 from n where i < 5001) "
        + "insert into changes (seq, t, type, rootEpoch, p) select i, 0, 'excluded', 0, randomblob(16) from n");
      state.storage.sql.exec("update head set seq = 5001");
    });
    const { seq, rows } = await api.poll(0);
    expect([seq, rows.length, rows.at(-1)!.seq]).toEqual([5_001, 5_000, 5_000]);
    expect((await api.poll(5_000)).rows.map((row) => row.seq)).toEqual([5_001]);
  });

  test("of two Registers names two logs", async () => {
    const [one, other] = await Promise.all([aRegister().api.poll(0), aRegister().api.poll(0)]);
    expect(one.logId).not.toBe(other.logId);
  });
});

describe("a Register that lost rows", () => {
  async function lost(ask: "poll" | "pollByIsolate" = "poll") {
    const register = aRegister();
    await registered(register.api, aCommand("24h", phone(1)));
    const { logId } = await register.api.poll(0);
    const refusal = await fault(() => register.api[ask](2, logId));
    return { ...register, logId, refusal };
  }

  const REFUSED = "this Register lost rows and has to be restored";

  test.each(["poll", "pollByIsolate"] as const)("learns it from a %s, and vouches for nothing from then on, evicted or not, however far it gets", async (ask) => {
    const { api, stub, refusal } = await lost(ask);
    expect(refusal).toBe(REFUSED);
    await registered(api, aCommand("24h", phone(2)));
    await registered(api, aCommand("24h", phone(3)));
    await evictDurableObject(stub);
    for (const call of [() => api.poll(0), () => api.poll(3), () => api.pollByIsolate(0), () => api.copy(null)]) {
      expect(await fault(call)).toBe(REFUSED);
    }
  });

  test("learns it too when it has as many rows again, from a copy whose last one is another", async () => {
    const { api } = aRegister();
    await registered(api, aCommand("24h", phone(1)));
    const { logId } = await api.poll(0);
    expect(await api.poll(1, logId, START)).toMatchObject({ seq: 1 });
    expect(await fault(() => api.poll(1, logId, START - 1))).toBe(REFUSED);
  });

  test("says so each minute, and goes on excluding", async () => {
    const { api, stub } = await lost();
    await runDurableObjectAlarm(stub);
    await api.setNow(START + MINUTE);
    await runDurableObjectAlarm(stub);
    const lines = (await api.lines()).map((line) => JSON.parse(line));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ "log.level": "error", "message": expect.stringContaining("are lost"), "lostUpTo": 2 });
    expect(await registered(api, aCommand("24h", phone(2)))).toMatchObject({ state: "active" });
    expect(await api.exclusionsOf(phone(2).p)).toHaveLength(1);
  });

  test("is none whose askers are of another log, as far as it is, or of the release that did not say", async () => {
    const { api } = aRegister();
    await registered(api, aCommand("24h", phone(1)));
    const { logId } = await api.poll(0);
    await api.poll(9, "0123456789abcdef0123456789abcdef");
    await api.poll(9);
    await api.poll(0, null);
    expect(await api.poll(1, logId)).toMatchObject({ seq: 1, rows: [] });
  });
});

test("isolates that no Replica answers get the rows at age 0, fifty a second, and a Replica always does", async () => {
  const { api } = aRegister();
  await registered(api, aCommand("24h", phone(1)));
  const polls = Array.from({ length: 60 }, () => api.pollByIsolate(0).then(({ age, rows }) => [age, rows.length].join(), (error: Error) => error.message));
  const answers = await Promise.all(polls);
  expect(answers.filter((answer) => answer === "0,1")).toHaveLength(50);
  expect(new Set(answers.slice(50))).toEqual(new Set(["more isolates ask than Register admits"]));
  expect((await api.poll(0)).seq).toBe(1);
  await api.setNow(START + SECOND);
  expect(await api.pollByIsolate(1)).toMatchObject({ age: 0, seq: 1, rows: [], t: START + SECOND });
});

test("a manifest is announced once, not after a newer one, and not for rows that do not exist", async () => {
  const { api } = aRegister();
  await registered(api, aCommand("24h", phone(1), [typed(1)]));
  await api.announce({ hash: "a", sequence: 2 });
  await api.announce({ hash: "a", sequence: 2 });
  await api.announce({ hash: "b", sequence: 1 });
  await api.announce({ hash: "c", sequence: 4 });
  expect((await api.poll(2)).rows).toEqual([{ seq: 3, t: START, type: "manifest", manifest: { hash: "a", sequence: 2 } }]);
});

describe("the operator directory", () => {
  const enrolment = { commandId: "e", fingerprint: "f", name: "Mfano Ltd", requiredKinds: ["msisdn" as const] };

  async function anOperator() {
    const { api, rows } = aRegister();
    const enrolled = await api.enrolOperator(enrolment);
    if (!enrolled.ok) throw new Error(enrolled.refusal);
    const sealedReply = new Uint8Array([9, 8]);
    const order = { commandId: "k", fingerprint: "g", operator: enrolled.operator.id, hash: "00ff", sealedReply };
    const issued = await api.issueKey(order);
    if (!issued.ok) throw new Error(issued.refusal);
    return { api, rows, operator: enrolled.operator, order, keyId: issued.keyId };
  }

  test("travels in the log: operator, epoch, key, revocation", async () => {
    const { api, operator, keyId } = await anOperator();
    expect(operator).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{10}$/), state: "active", requiredKinds: ["msisdn"], name: "Mfano Ltd",
    });
    expect(await api.revokeKey({ operator: operator.id, keyId })).toEqual({ ok: true });
    const key = { id: keyId, hash: "00ff", operator: operator.id };
    expect((await api.poll(0)).rows).toMatchObject([
      { type: "operator", operator: { id: operator.id, state: "active", requiredKinds: ["msisdn"] } },
      { type: "epoch", epoch: { operator: operator.id, epoch: 0, pairKeyId: "1", rootEpoch: 0, state: "current", until: null } },
      { type: "key", key: { ...key, state: "active" } },
      { type: "key", key: { ...key, state: "revoked" } },
    ]);
  });

  test("answers a repeated command with the same operator and the same sealed reply, and refuses a reused id", async () => {
    const { api, operator, order, keyId } = await anOperator();
    expect(await api.enrolOperator(enrolment)).toEqual({ ok: true, operator });
    expect(await api.issueKey({ ...order, hash: "other", sealedReply: new Uint8Array([1]) })).toEqual({
      ok: true, keyId, sealedReply: new Uint8Array([9, 8]),
    });
    const reused = { ok: false, refusal: "command-reused" };
    expect(await api.enrolOperator({ ...enrolment, fingerprint: "other" })).toEqual(reused);
    expect(await api.issueKey({ ...order, commandId: "e", fingerprint: "f" })).toEqual(reused);
    expect((await api.poll(0)).seq).toBe(3);
  });

  test("knows the holder of an active key of an active operator, and nobody else", async () => {
    const { api, operator, keyId } = await anOperator();
    const { id } = operator;
    expect(await api.keyHolder("00ff")).toMatchObject({
      operator: { id, requiredKinds: ["msisdn"] }, epoch: { epoch: 0, pairKeyId: "1" },
    });
    expect(await api.keyHolder("ff00")).toBeNull();
    await api.revokeKey({ operator: operator.id, keyId });
    expect(await api.keyHolder("00ff")).toBeNull();
  });

  test("refuses what it does not know, and revoking twice changes nothing", async () => {
    const { api, operator, order, keyId, rows } = await anOperator();
    const unknown = { ok: false, refusal: "operator-unknown" };
    expect(await api.issueKey({ ...order, commandId: "x", operator: "nobody" })).toEqual(unknown);
    expect(await api.revokeKey({ operator: "nobody", keyId })).toEqual(unknown);
    expect(await api.revokeKey({ operator: operator.id, keyId: "none" })).toEqual({ ok: false, refusal: "key-unknown" });
    await api.revokeKey({ operator: operator.id, keyId });
    expect(await api.revokeKey({ operator: operator.id, keyId })).toEqual({ ok: true });
    expect((await api.poll(0)).seq).toBe(4);
    expect((await rows("select action from audit order by position")).map(({ action }) => action)).toEqual([
      "operator.enrolled", "operator.key-issued", "operator.key-revoked",
    ]);
  });
});

describe("a push", () => {
  const replica = (region: string) => env.RECORDING_REPLICA.getByName(region) as DurableObjectStub<RecordingReplica>;

  async function pushedTo(region: string, logId: string): Promise<Change[][]> {
    const pushes = (await replica(region).pushes()) as unknown as { logId: string; rows: Change[] }[];
    return pushes.filter((push) => push.logId === logId).map(({ rows }) => rows);
  }

  test("carries every row to each Replica in order, many rows together", async () => {
    const { api, goTo } = aRegister();
    const { logId } = await api.poll(0);
    await Promise.all(Array.from({ length: 40 }, (_, number) => registered(api, aCommand("24h", phone(number + 1)))));
    await goTo(START + DAY);
    for (const region of ["weur/1", "weur/2", "eeur/1"]) {
      await vi.waitFor(async () => expect((await pushedTo(region, logId)).flat()).toHaveLength(80), { timeout: 5_000 });
      const pushes = await pushedTo(region, logId);
      expect(pushes.length).toBeLessThan(20);
      expect(replay(pushes.flat())).toEqual(new Set());
    }
  });

  test("that fails is reported and changes nothing for anybody else", async () => {
    const { api } = aRegister();
    const { logId } = await api.poll(0);
    await replica("eeur/1").setBroken(true);
    await registered(api, aCommand("24h", phone(1)));
    await vi.waitFor(async () => expect(await api.lines()).toHaveLength(1));
    const [line] = await api.lines();
    expect(JSON.parse(line!)).toMatchObject({ "message": "a push to eeur/1 failed", "error.message": "this replica is down" });
    await vi.waitFor(async () => expect(await pushedTo("weur/2", logId)).toHaveLength(1));
    await replica("eeur/1").setBroken(false);
    await registered(api, aCommand("24h", phone(2)));
    await vi.waitFor(async () => expect((await pushedTo("eeur/1", logId)).flat().map(({ seq }) => seq)).toEqual([2]));
  });
});
