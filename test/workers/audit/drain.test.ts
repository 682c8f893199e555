import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { commitmentOf } from "../../../src/audit/entry.ts";
import type { TokenGuardApi } from "../../../src/domains/tokens/guard/rpc.ts";
import { systemActor } from "../../../src/kernel/actor.ts";
import { type Instant, MINUTE, SECOND } from "../../../src/kernel/clock.ts";
import { uuidv7 } from "../../../src/kernel/ids.ts";
import { random } from "../../../src/objects/shell.ts";
import { aVault, SAID } from "../person/support.ts";
import { START as VAULT_START } from "../person/doubles.ts";
import { keptRegister } from "../register/kept-register.ts";
import { aCommand, phone, registered } from "../register/support.ts";
import { START } from "../usage/doubles.ts";
import { logOf } from "./log.ts";

type Row = Record<string, any>;

/** An operator's Usage, whose every putting and lifting of a quarantine is an entry. */
function aSource() {
  const operator = crypto.randomUUID();
  const stub = env.USAGE.getByName(operator);
  const api = stub as unknown as TokenGuardApi & { setNow(now: Instant): Promise<void> };
  const rows = (query: string) => runInDurableObject(stub, (_, state) => state.storage.sql.exec(query).toArray() as Row[]);
  let acts = 0;
  const id = () => `q${Math.floor(acts++ / 2)}`;
  return {
    stub, rows, log: logOf(operator),
    act: async (): Promise<void> => {
      if (acts % 2 === 0) await api.putQuarantine({ operator, id: id(), at: START, by: "officer", reason: "asks far too much" } as never);
      else await api.liftQuarantine({ operator, id: id(), at: START, by: "officer" });
    },
    setNow: (now: Instant) => api.setNow(now),
    evict: () => evictDurableObject(stub),
    /** Lets the alarm do what is due by then. */
    goTo: async (now: Instant) => {
      await api.setNow(now);
      await runDurableObjectAlarm(stub);
    },
    entries: () => rows("SELECT * FROM audit ORDER BY position"),
    /** Rows an older release left behind: without salts. */
    leave: (count: number) => runInDurableObject(stub, (_, { storage: { sql } }) => {
      for (let n = 0; n < count; n++) {
        sql.exec("INSERT INTO audit (id, action, resource, channel, at, payload) VALUES (?, 'test.done', 'r', 'c', ?, ?)", uuidv7(START + n, random), START + n, JSON.stringify({ n }));
      }
    }),
    /** Waits until the log said where everything is. */
    told: () => vi.waitFor(async () => expect(await rows("SELECT id FROM audit WHERE leaf IS NULL")).toEqual([]), { timeout: 5_000 }),
  };
}

describe("an object's outbox", () => {
  it("is told right after the commit: what was done and when, and of the rest a commitment its salt opens", async () => {
    const source = aSource();
    await source.act();
    await source.told();
    const [row] = await source.entries();
    const { id, at, action, resource, channel, commandId, outcome, payload, actor, salt, leaf } = row!;
    const record = { actor: JSON.parse(actor), channel, commandId, outcome, payload: JSON.parse(payload), resource };
    expect(source.log.told).toEqual([{ source: "usage", id, at, action, commitment: commitmentOf(new Uint8Array(salt), record) }]);
    expect([leaf, outcome, await source.rows("SELECT task FROM due WHERE task = 'tell-log'")]).toEqual([0, "done", []]);
  });

  it("of a thousand keeps its order, in calls of 256, under salts that rows of an older release are given once", async () => {
    const source = aSource();
    await source.leave(1_000);
    source.log.setMood("unheard");
    await source.act();
    await vi.waitFor(() => expect(source.log.calls.length).toBe(1));
    source.log.setMood("taking");
    const salted = (await source.entries()).slice(0, 256).map(({ salt }) => salt);
    await source.goTo(START + 10 * SECOND);
    await source.told();
    const entries = await source.entries();
    expect(source.log.calls).toEqual([256, 256, 256, 256, 233]);
    expect(source.log.told.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
    expect(entries.map(({ leaf }) => leaf)).toEqual(entries.map((_, at) => at));
    expect(entries.slice(0, 256).map(({ salt }) => salt)).toEqual(salted);
    expect(new Set(entries.map(({ salt }) => new Uint8Array(salt).join())).size).toBe(entries.length);
  });

  it.each(["away", "unheard", "busy", "halted"] as const)("keeps what a log that is %s did not take, works on, and comes again later and later", async (mood) => {
    const source = aSource();
    source.log.setMood(mood);
    await source.act();
    await vi.waitFor(() => expect(source.log.calls).toEqual([1]));
    await source.act();
    expect([source.log.calls.length, (await source.entries()).map(({ leaf }) => leaf)]).toEqual([1, [null, null]]);
    await source.goTo(START + 10 * SECOND);
    expect(source.log.calls.length).toBe(2);
    await source.goTo(START + 20 * SECOND);
    expect(source.log.calls.length).toBe(2);
    source.log.setMood("taking");
    await source.goTo(START + 30 * SECOND);
    expect((await source.entries()).map(({ leaf }) => leaf)).toEqual([0, 1]);
    expect(source.log.told).toHaveLength(2);
    await source.act();
    await source.told();
  });

  it("killed before it noted the places sends again, and each entry has one", async () => {
    const source = aSource();
    source.log.setMood("unheard");
    await source.act();
    await vi.waitFor(() => expect(source.log.told).toHaveLength(1));
    await source.evict();
    source.log.setMood("taking");
    await source.act();
    await source.told();
    expect(source.log.told).toHaveLength(2);
    expect((await source.entries()).map(({ leaf }) => leaf)).toEqual([0, 1]);
  });

  it("has one drain at a time, whatever is done meanwhile", async () => {
    const source = aSource();
    source.log.setMood("held");
    await Promise.all([source.act(), source.act()]);
    await source.setNow(START + 10 * SECOND);
    const alarm = runDurableObjectAlarm(source.stub);
    await source.act();
    expect(source.log.calls).toEqual([1]);
    source.log.setMood("taking");
    await alarm;
    await source.told();
    expect(source.log.told).toHaveLength(3);
  });

  it("cries out when something waits for longer than ten minutes", async () => {
    const source = aSource();
    const lines: string[] = [];
    const said = console.error;
    console.error = (line: string) => void lines.push(line);
    try {
      source.log.setMood("away");
      await source.act();
      await vi.waitFor(() => expect(source.log.calls).toEqual([1]));
      await source.goTo(START + 10 * MINUTE);
      expect(lines).toEqual([]);
      await source.goTo(START + 16 * MINUTE);
      expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ "message": "the audit log was not told for long", "waitingMs": 16 * MINUTE, "error.message": "the log is away" }]);
    } finally {
      console.error = said;
    }
  });
});

describe("Register", () => {
  it("tells what it did, and ships no entry again because the log said where it is", async () => {
    const register = keptRegister();
    await registered(register.api, aCommand("24h", phone(1)));
    await vi.waitFor(async () => expect(await register.rows("SELECT leaf FROM audit")).toEqual([{ leaf: 0 }]));
    await register.left();
    const before = register.bucket.keys("segments/").length;
    await register.rows("UPDATE audit SET leaf = 7");
    expect(await register.rows("SELECT * FROM journal")).toEqual([]);
    expect(register.bucket.keys("segments/")).toHaveLength(before);
  });

  it("restored from its bucket tells all again under the same salts, and the log has each once", async () => {
    const register = keptRegister();
    await registered(register.api, aCommand("24h", phone(1)));
    await registered(register.api, aCommand("24h", phone(2)));
    await register.left();
    const log = logOf(register.stub.name!);
    await vi.waitFor(() => expect(log.told).toHaveLength(2));
    const salts = await register.rows("SELECT id, hex(salt) AS salt FROM audit");
    await register.destroy();
    const again = register.again();
    for (let status = await again.api.recovery(); status.state !== "in-order"; ) status = await again.api.restoreStep({ without: [], acceptEnd: null });
    await vi.waitFor(async () => expect(await again.rows("SELECT id FROM audit WHERE leaf IS NULL")).toEqual([]));
    expect((await again.rows("SELECT id, hex(salt) AS salt FROM audit")).slice(0, 2)).toEqual(salts);
    expect(log.told.map(({ action }) => action)).toEqual(["exclusion.registered", "exclusion.registered", "register.restored"]);
    expect((await again.rows("SELECT leaf FROM audit")).map(({ leaf }) => leaf)).toEqual([0, 1, 2]);
  });
});

describe("a vault", () => {
  const erasing = async (mood: "taking" | "away") => {
    const vault = aVault();
    await vault.api().accept(vault.identity());
    const log = logOf(vault.personId);
    log.setMood("away");
    await vault.api().keepStatement({ reference: "DR-0000000000", text: SAID }, systemActor("test"));
    await vi.waitFor(() => expect(log.calls).toEqual([1]));
    await vault.api().setNow(VAULT_START + MINUTE);
    log.setMood(mood);
    const [entry] = await vault.rows("SELECT id, at, action FROM audit");
    await vault.api().erase();
    return { vault, log, entry };
  };

  it("that is erased tells the log first what waits", async () => {
    const { vault, log, entry } = await erasing("taking");
    expect(log.told).toMatchObject([{ ...entry, source: "vault" }]);
    expect(await vault.rows("SELECT * FROM untold")).toEqual([]);
  });

  it("keeps, where the log is away, commitments that nobody can open any more, until the log has them; then nothing is left", async () => {
    const { vault, log, entry } = await erasing("away");
    expect(log.told).toEqual([]);
    expect(await vault.rows("SELECT id, at, action FROM untold")).toEqual([entry]);
    expect(await vault.rows("SELECT * FROM audit")).toEqual([]);
    await vault.evict();
    log.setMood("taking");
    await vault.alarmAt(VAULT_START + 3 * MINUTE);
    expect(log.told).toMatchObject([{ ...entry, source: "vault" }]);
    await vault.alarmAt(VAULT_START + 4 * MINUTE);
    expect(Object.values(await vault.api().export()).flat()).toEqual([]);
    expect(vault.bucket.keys()).toEqual([]);
  });
});
