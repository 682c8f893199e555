import { beforeAll, describe, expect, it } from "vitest";
import type { LogBucket } from "../../src/audit/log/bucket.ts";
import { checkLog } from "../support/check-log.ts";
import { testApi } from "../support/api.ts";
import { entries, LogWorld } from "../support/log-world.ts";

const world = new LogWorld();
const bucket: Pick<LogBucket, "get"> = { get: async (key) => world.bucket.objects.get(key) ?? null };
const publicLog = { bucket, policy: async () => (await world.log()).policy() };

beforeAll(async () => {
  await world.appended(entries(256));
  await world.appended(entries(44));
  await world.published();
});

describe("the audit log's public address", () => {
  it("is all that somebody needs to verify it", async () => {
    const { api } = await testApi({ parts: { publicLog } });
    const read = async (path: string) => {
      const response = await api.request(`/v1/log/${path}`);
      return response.status === 200 ? new Uint8Array(await response.arrayBuffer()) : null;
    };
    expect((await checkLog(read, await world.policy())).size).toBe(300);
  });

  it.each([
    ["checkpoint", "text/plain; charset=UTF-8", "no-cache"],
    ["key", "text/plain; charset=UTF-8", "public, max-age=3600"],
    ["tile/0/000", "application/octet-stream", "public, max-age=31536000, immutable"],
    ["tile/entries/001.p/44", "application/octet-stream", "public, max-age=31536000, immutable"],
  ])("%s is for programs and pages of every site", async (path, type, caching) => {
    const { api, call } = await testApi({ parts: { publicLog } });
    const { headers } = await api.request(`/v1/log/${path}`, { headers: { origin: "https://anybody.test" } });
    expect([headers.get("content-type"), headers.get("cache-control"), headers.get("access-control-allow-origin")]).toEqual([type, caching, "*"]);
    const preflight = await api.request(`/v1/log/${path}`, { method: "OPTIONS", headers: { origin: "https://anybody.test", "access-control-request-method": "GET" } });
    expect(preflight.headers.get("access-control-allow-methods")).toBe("GET");
    if (!path.startsWith("tile")) expect((await call("GET", `/v1/log/${path}`)).response.status).toBe(200);
  });

  it.each([
    "tile", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/0000", "tile/0/x000/000", "tile/00/000", "tile/64/000", "tile/-1/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/044",
    "tile/0/000.p", "tile/0/000.p/", "tile/0/002", "tile/entries/002.p/1", "tile/0/x999/x999/x999/x999/x999/x999/x999/999", "full/genesis", "genesis", "",
    `tile/0/${"x000/".repeat(2_000)}000`,
  ])("%s is nothing there", async (path) => {
    const { api } = await testApi({ parts: { publicLog } });
    const response = await api.request(`/v1/log/${path}`, { headers: { origin: "https://anybody.test" } });
    expect([response.status, response.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("answers 503 while the bucket or the log is away, and 404 before anything was published", async () => {
    const away = async () => Promise.reject(new Error("away"));
    const { call } = await testApi({ parts: { publicLog: { bucket: { get: away }, policy: away } } });
    for (const path of ["checkpoint", "key"]) expect((await call("GET", `/v1/log/${path}`)).response.status).toBe(503);
    expect((await (await testApi()).call("GET", "/v1/log/checkpoint")).response.status).toBe(404);
  });

  it("takes nothing", async () => {
    const { api } = await testApi({ parts: { publicLog } });
    for (const method of ["POST", "PUT", "DELETE"]) expect((await api.request("/v1/log/checkpoint", { method })).status).toBe(405);
  });
});
