import { createServer, connect, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { project } from "../../src/domains/exclusions/office/project.ts";
import { exclusions } from "../../src/domains/exclusions/office/tables.ts";
import { type Office, openOffice } from "../../src/office/database.ts";
import { admin, testApi } from "../support/api.ts";
import { testOffice } from "../support/office.ts";
import { RegisterHere } from "../support/register.ts";

const test = testOffice();
const register = new RegisterHere();
const follow = (office: Office) => project({ office, register, clock: Date.now });
const apiOver = (office: Office) => testApi({ office, projection: register });
const office = (url: string, replicaUrl = url) => openOffice({ url, replicaUrl, token: test.servers.writeToken });

/** A copy that lost its primary may be busy asking for it when it is read first. */
const IN_TIME = { timeout: 20_000, interval: 200 };

const proxies: { server: Server; sockets: Set<Socket> }[] = [];
afterEach(async () => {
  for (const { server, sockets } of proxies.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

/** The database over a line on which everything that comes back takes so long. */
async function slow(url: string, delayMs: number): Promise<string> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) sockets.add(socket.on("error", () => undefined));
    near.on("data", (bytes) => far.write(bytes)).on("close", () => far.destroy());
    far.on("data", (bytes) => setTimeout(() => near.write(bytes), delayMs)).on("close", () => near.end());
  }).listen(0, "127.0.0.1");
  proxies.push({ server, sockets });
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

/** What is done while a server is stopped. */
async function without<T>(server: "primary" | "replica", act: () => Promise<T>): Promise<T> {
  await test.servers[server].stop();
  try {
    return await act();
  } finally {
    await test.servers[server].start();
  }
}

async function timed<T>(act: () => Promise<T>): Promise<{ answer: T; ms: number }> {
  const began = performance.now();
  const answer = await act();
  return { answer, ms: performance.now() - began };
}

beforeAll(async () => {
  register.register(1, "1y");
  await follow(test.office);
  while ((await test.copied.nearest.select().from(exclusions)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
});

let beats = 0;
/** Writes, and waits until the copy has it: a copy that loses its primary in the middle of what it fetches may refuse until it is back. */
async function caughtUp(): Promise<void> {
  const { primary, nearest } = test.copied;
  await primary.$client.batch(["CREATE TABLE IF NOT EXISTS beats (n integer)", `INSERT INTO beats VALUES (${++beats})`], "write");
  const last = async () => (await nearest.$client.execute("SELECT max(n) AS n FROM beats").catch(() => null))?.rows[0]?.n;
  await expect.poll(last, IN_TIME).toBe(beats);
}

describe("a replica whose primary is gone", { retry: 2 }, () => {
  beforeEach(caughtUp, 60_000);

  it("answers what is read, with how current it is; what is written fails in time as unavailable", () =>
    without("primary", async () => {
      const { call } = await apiOver(office(test.servers.replica.url));
      const read = async () => {
        const { response, body } = await call("GET", "/v1/exclusions", { headers: admin() });
        return [response.status, body.items?.length, body.asOf];
      };
      await expect.poll(read, IN_TIME).toEqual([200, 1, new Date(register.now).toISOString()]);
      const { answer, ms } = await timed(() => call("POST", "/v1/projection/rebuild", { headers: admin("r1") }));
      expect([answer.response.status, answer.response.headers.get("retry-after")]).toEqual([503, "1"]);
      expect(ms).toBeLessThan(6_000);
    }));

  it("is read when it is the nearest, and the primary when the replica is gone", async () => {
    const { call } = await apiOver(test.copied);
    const read = async () => (await call("GET", "/v1/exclusions", { headers: admin() })).response.status;
    await without("primary", async () => await expect.poll(read, IN_TIME).toBe(200));
    await without("replica", async () => await expect.poll(read, IN_TIME).toBe(200));
    expect(await without("primary", () => without("replica", read))).toBe(503);
  });
});

describe("a slow primary", () => {
  it("hits the deadline, thirty callers at once too, and what was under way is written whole or not at all", async () => {
    const late = office(await slow(test.servers.primary.url, 8_000));
    const { call } = await apiOver(late);
    const calls = Array.from({ length: 30 }, (_, n) => timed(() => call("POST", "/v1/projection/rebuild", { headers: admin(`slow-${n}`) })));
    for (const { answer, ms } of await Promise.all(calls)) {
      expect(answer.response.status).toBe(503);
      expect(ms).toBeLessThan(6_000);
    }
    register.register(2, "1y");
    const { ms } = await timed(() => follow(late).catch((error: Error) => error));
    expect(ms).toBeLessThan(6_000);
    await follow(test.office);
    expect(await test.office.primary.select().from(exclusions)).toHaveLength(2);
  }, 30_000);

  it("that answers within the deadline only takes its time", async () => {
    const { call } = await apiOver(office(await slow(test.servers.primary.url, 300)));
    expect((await call("GET", "/v1/exclusions", { headers: admin() })).response.status).toBe(200);
  });
});
