import { describe, expect, test } from "vitest";
import { MINUTE } from "../../../src/kernel/clock.ts";
import { START } from "./doubles.ts";
import { keptRegister } from "./kept-register.ts";
import { aCommand, phone, registered } from "./support.ts";

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
