import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readableBlobs } from "../../src/adapters/libsql/blobs.ts";
import { execute, type LibsqlDatabase } from "../../src/adapters/libsql/pipeline.ts";
import type { OperatorServer } from "../../src/cli/doors.ts";
import { sqldBinary } from "../../src/cli/sqld.ts";
import { type Homes, REPLICA, startHomes } from "../support/homes.ts";
import { personOf } from "../support/world.ts";

const PEOPLE = Array.from({ length: 12 }, (_, n) => n);
const KNOWN = 0;
/** Somebody else of the same shard. */
const STRANGER = Array.from({ length: 10_000 }, (_, n) => n + 100).find((n) => personOf(n)[0] === personOf(KNOWN)[0])!;

/** The same bytes but for one bit of the last row. */
const flipped = (bytes: Uint8Array): Uint8Array => bytes.with(bytes.length - 1, bytes.at(-1)! ^ 1);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(!sqldBinary())("the homes of published bytes", () => {
  let homes: Homes;
  /** What was published, to put it back. */
  let kept: Map<string, Uint8Array>;
  let isolates: IterableIterator<OperatorServer>;
  let traffic: NodeJS.Timeout;

  beforeAll(async () => {
    homes = await startHomes(6);
    isolates = homes.servers.values();
    // The Replica is asked all the time, as it is where there is traffic.
    const busy = isolates.next().value!;
    traffic = setInterval(() => void busy.check(homes.register.token(STRANGER)).catch(() => undefined), 500);
    for (const n of PEOPLE) await homes.register.register(n);
    await homes.register.published();
    while ((await missing()).length > 0) await pause(100);
    kept = await inKv();
  }, 60_000);
  afterAll(() => {
    clearInterval(traffic);
    return homes?.stop();
  });

  beforeEach(async () => {
    await homes.register.cut(REPLICA, []);
    for (const [hash, bytes] of kept) await homes.kv.put(hash, bytes);
    homes.lines.length = 0;
  });

  async function inKv(): Promise<Map<string, Uint8Array>> {
    const { keys } = await homes.kv.list();
    const read = async (hash: string) => new Uint8Array((await homes.kv.get(hash, "arrayBuffer"))!);
    return new Map(await Promise.all(keys.map(async ({ name }) => [name, await read(name)] as const)));
  }

  async function inDatabase(server: keyof Pick<Homes["database"], "primary" | "replica"> = "primary"): Promise<string[]> {
    const database: LibsqlDatabase = { url: homes.database[server].url, token: homes.database.readToken, deadlineMs: 2_000 };
    const rows = await execute(database, { sql: "SELECT hash FROM blobs" }).catch(() => []);
    return rows.map(([hash]) => (hash?.type === "text" ? hash.value : ""));
  }

  /** What KV has and libSQL has not. */
  async function missing(): Promise<string[]> {
    const there = new Set(await inDatabase());
    return [...(await inKv()).keys()].filter((hash) => !there.has(hash));
  }

  /** An isolate that has the manifest and no shard yet. */
  async function begun(): Promise<OperatorServer> {
    const server = isolates.next().value!;
    await server.check(homes.register.token(STRANGER));
    await pause(700);
    return server;
  }

  /** Lets the isolate answer from its own memory alone, and asks until it does. */
  async function answersAlone(server: OperatorServer): Promise<string[]> {
    await homes.register.cut(REPLICA, ["first"]);
    await server.until(homes.register.token(KNOWN), "excluded");
    return [(await server.check(homes.register.token(STRANGER))).word];
  }

  const emptyKv = async (): Promise<void> => {
    for (const hash of kept.keys()) await homes.kv.delete(hash);
  };
  /** The manifest stays. */
  const emptyKvOfShards = async (): Promise<void> => {
    for (const [hash, bytes] of kept) if (bytes[0] === "N".charCodeAt(0)) await homes.kv.delete(hash);
  };
  const said = (what: string): number => homes.lines.filter((line) => line.includes(what)).length;

  it("are KV and libSQL, with the same bytes in both, and the replica follows", async () => {
    expect(kept.size).toBeGreaterThan(5);
    const blobs = readableBlobs({ url: homes.database.replica.url, token: homes.database.readToken, deadlineMs: 2_000 });
    await expect.poll(async () => (await inDatabase("replica")).length).toBeGreaterThanOrEqual(kept.size);
    for (const [hash, bytes] of kept) expect(await blobs.read(hash)).toEqual(bytes);
  });

  it("libSQL alone serves a cold isolate when KV is empty, and its replica does without the primary", async () => {
    await emptyKv();
    await homes.database.primary.stop();
    expect(await answersAlone(await begun())).toEqual(["clear"]);
    expect([said("shard-in-no-home"), said("home-failed")]).toEqual([0, 0]);
    await homes.database.primary.start();
  });

  it("libSQL serves when KV is damaged, which is refused and reported", async () => {
    for (const [hash, bytes] of kept) await homes.kv.put(hash, flipped(bytes));
    expect(await answersAlone(await begun())).toEqual(["clear"]);
    expect([said("published-damaged"), said("shard-in-no-home")]).toEqual([expect.toSatisfy((n: number) => n >= 2), 0]);
  });

  it("a Replica serves a shard when both are away", async () => {
    await emptyKvOfShards();
    await homes.database.replica.stop();
    expect(await answersAlone(await begun())).toEqual(["clear"]);
    expect([said("shard-in-no-home"), said("home-failed")]).toEqual([1, expect.toSatisfy((n: number) => n >= 1)]);
    await homes.database.replica.start();
  });

  it("when all are away the answer is indeterminate, never clear", async () => {
    await emptyKvOfShards();
    await homes.database.replica.stop();
    const server = await begun();
    await homes.register.cut(REPLICA, ["first", "shard"]);
    for (let n = 0; n < 4; n++) {
      expect((await server.check(homes.register.token(KNOWN))).word).toBe("indeterminate");
      expect((await server.check(homes.register.token(STRANGER))).word).toBe("indeterminate");
    }
    await homes.database.replica.start();
    await homes.register.cut(REPLICA, []);
    await server.until(homes.register.token(KNOWN), "excluded");
  });

  it("a dead primary holds nothing up for long, is reported, and gets what it missed when it is back", async () => {
    await homes.database.primary.stop();
    await homes.register.register(500);
    await homes.register.published();
    expect(said("replica mirror")).toBeGreaterThan(0);
    await homes.database.primary.start();
    expect((await missing()).length).toBeGreaterThan(0);
    await expect.poll(missing, { timeout: 20_000, interval: 200 }).toEqual([]);
  }, 40_000);
});
