import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writableBlobs } from "../../src/adapters/libsql/blobs.ts";
import { configuredDatabase } from "../../src/adapters/libsql/pipeline.ts";
import { type Database, openServers, sqldBinary } from "../../src/cli/sqld.ts";

const BYTES = Uint8Array.from({ length: 100_000 }, (_, n) => (n * 31) % 256);

describe("a configured database", () => {
  it.each([
    ["libsql://edge-nser.turso.io", "https://edge-nser.turso.io"],
    ["https://edge.example.ke/", "https://edge.example.ke"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ])("at %s is asked at %s", (url, asked) => {
    expect(configuredDatabase(url, "t", 1)).toEqual({ url: asked, token: "t", deadlineMs: 1 });
  });

  it("is none where none is configured", () => {
    expect([configuredDatabase(undefined, "t", 1), configuredDatabase("", "t", 1)]).toEqual([null, null]);
  });
});

describe.skipIf(!sqldBinary())("bytes in libSQL", () => {
  let database: Database;
  const at = (server: "primary" | "replica", token: string, deadlineMs = 2_000) =>
    writableBlobs({ url: database[server].url, token, deadlineMs });
  const writer = () => at("primary", database.writeToken);
  const reader = () => at("replica", database.readToken);

  beforeAll(async () => {
    database = await openServers();
  });
  afterAll(() => database?.stop());

  it("are written once or twice, followed by the replica, made good when damaged, and deleted", async () => {
    await expect(at("primary", database.readToken).read("a")).rejects.toThrow("no such table");
    await writer().put("a", BYTES);
    await writer().put("a", BYTES);
    await expect.poll(() => reader().read("a").catch(() => null), { timeout: 5_000 }).toEqual(BYTES);
    expect(await reader().read("b")).toBeNull();
    await writer().put("b", BYTES.subarray(1));
    await writer().put("b", BYTES);
    expect(await writer().read("b")).toEqual(BYTES);
    await writer().delete(["a", "c"]);
    expect([await writer().read("a"), await writer().read("b")]).toEqual([null, BYTES]);
  });

  it("are not written or deleted with a token for reading, at the primary or at the replica", async () => {
    await writer().put("kept", BYTES);
    for (const server of ["primary", "replica"] as const) {
      await expect(at(server, database.readToken).put("x", BYTES)).rejects.toThrow("forbidden");
      await expect(at(server, database.readToken).delete(["kept"])).rejects.toThrow("forbidden");
    }
    expect([await writer().read("x"), await writer().read("kept")]).toEqual([null, BYTES]);
  });

  it("are not read without a token, or with one of another key", async () => {
    const stranger = await openServers();
    await stranger.stop();
    for (const token of ["", "nonsense", stranger.readToken]) await expect(at("replica", token).read("kept")).rejects.toThrow("401");
  });

  it("are read from the replica when the primary is dead; a write there fails by its deadline", async () => {
    await writer().put("last", BYTES);
    await expect.poll(() => reader().read("last"), { timeout: 5_000 }).toEqual(BYTES);
    await database.primary.stop();
    const startedAt = performance.now();
    await expect(at("replica", database.writeToken, 500).put("x", BYTES)).rejects.toThrow("timeout");
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(await reader().read("last")).toEqual(BYTES);
    await database.primary.start();
    await writer().put("x", BYTES);
  });
});
