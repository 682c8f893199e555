import { describe, expect, it } from "vitest";
import { Citizen, enrolOperator } from "../../src/cli/doors.ts";
import { wholeSystem } from "../support/system.ts";

const whole = wholeSystem();
const citizen = () => new Citizen(whole.system.url);

async function asked(path: string, init: RequestInit = {}): Promise<{ status: number; body: any }> {
  const headers = { authorization: `Bearer ${await whole.system.administrator()}`, ...init.headers };
  const response = await fetch(`${whole.system.url}${path}`, { ...init, headers });
  return { status: response.status, body: await response.json() };
}

const listed = async (): Promise<string[]> => (await asked("/v1/exclusions?limit=200")).body.items.map(({ reference }: { reference: string }) => reference);
const standing = async () => (await asked("/v1/projection")).body;
const said = () => whole.alarms.filter((line) => line.includes("copy of the register is not kept"));

describe("the office's copy of Register", () => {
  it("lists what Register does within a second or two", async () => {
    const reference = await citizen().exclude({ policy: "6m", phone: "0733000001" });
    await expect.poll(listed, { timeout: 5_000 }).toContain(reference);
    const { body } = await asked(`/v1/exclusions/${reference.toLowerCase()}`);
    expect(body).toMatchObject({ reference, state: "active", policy: "6m", changes: [{ action: "exclusion.registered", channel: "web" }] });
    expect((await asked(`/v1/operators/${whole.access.id}`)).body).toMatchObject({ name: "Test Bets", changes: [{ action: "operator.key-issued" }, { action: "operator.enrolled" }] });
  });

  it("with libSQL stopped a citizen registers as quickly as ever and operators get excluded; the copy catches up afterwards", async () => {
    const { system, server } = whole;
    const token = await server.tokenize("0733000002");
    const before = await listed();
    await Promise.all([system.office.primary.stop(), system.office.replica.stop()]);
    const began = performance.now();
    const reference = await citizen().exclude({ policy: "1y", phone: "0733000002" });
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(await server.until(token, "excluded")).toBeLessThan(2_000);
    expect(await citizen().enter("0733000002")).toContain("In force");
    expect((await asked("/v1/exclusions")).status).toBe(503);
    for (let n = 0; n < 5; n++) await citizen().exclude({ policy: "24h", phone: `07330001${String(n).padStart(2, "0")}` });
    await system.tick();
    expect(said().length).toBe(1);

    await Promise.all([system.office.primary.start(), system.office.replica.start()]);
    await system.tick();
    await expect.poll(async () => (await standing()).behind, { timeout: 15_000 }).toBe(0);
    await expect.poll(async () => (await listed()).length, { timeout: 5_000 }).toBe(before.length + 6);
    expect(await listed()).toContain(reference);
  }, 60_000);
});

describe("a rebuild by command", () => {
  it("is accepted, repeatable, and ends with the same lists", async () => {
    await expect.poll(async () => (await standing()).state, { timeout: 10_000 }).toBe("current");
    const before = (await asked("/v1/exclusions?limit=200")).body.items;
    const order = () => asked("/v1/projection/rebuild", { method: "POST", headers: { "idempotency-key": "again" } });
    expect((await order()).status).toBe(202);
    await expect.poll(async () => (await standing()).state, { timeout: 10_000 }).toBe("current");
    expect((await order()).status).toBe(202);
    expect((await standing()).state).toBe("current");
    await expect.poll(async () => (await asked("/v1/exclusions?limit=200")).body.items).toEqual(before);
    expect((await asked("/v1/projection/rebuild", { method: "POST" })).status).toBe(400);
  });
});

describe("an operator's new key", () => {
  it("is listed, without what proves it, and as revoked once it is", async () => {
    const { system } = whole;
    const { id, apiKey } = await enrolOperator(system.url, await system.administrator(), "Listed Bets");
    const keys = async () => (await asked(`/v1/operators/${id}/keys`)).body;
    await expect.poll(async () => (await keys()).items?.length, { timeout: 5_000 }).toBe(1);
    const { items: [key], asOf } = await keys();
    expect(Date.parse(asOf)).toBeGreaterThan(Date.now() - 10_000);
    expect(JSON.stringify(key)).not.toContain(apiKey.slice(-10));
    await fetch(`${system.url}/v1/operators/${id}/keys/${key.keyId}`, { method: "DELETE", headers: { authorization: `Bearer ${await system.administrator()}` } });
    await expect.poll(async () => (await keys()).items[0].state, { timeout: 5_000 }).toBe("revoked");
  });
});
