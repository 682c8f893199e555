import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, it } from "vitest";
import { Citizen } from "../../src/cli/doors.ts";
import { drawSecrets } from "../../src/cli/secrets.ts";
import { startSystem, type System } from "../../src/cli/system.ts";

const directory = mkdtempSync(join(tmpdir(), "nser-identities-"));
const secrets = drawSecrets();
const lines: string[] = [];
let system: System | null = null;

const PHONE = "0712987654";
const DOCUMENT = { kind: "national_id", value: "31415926" };
/** Everybody of whom this test tells the system, however it is written. */
const RECOGNISABLE = /712\s?987\s?654|31\s?415\s?926|712987000|27182818|Administrator|admin@localhost|w\.kamau/i;

const KEYS = { 1: "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE", 2: "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI" };

afterAll(async () => {
  await system?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** The system over the same data with these key-encryption keys, the newest current. */
async function startWith(...ids: (keyof typeof KEYS)[]): Promise<System> {
  await system?.stop();
  const BOX_KEYS = JSON.stringify(Object.fromEntries(ids.map((id) => [id, KEYS[id]])));
  return (system = await startSystem({ secrets, directory, print: (line) => lines.push(line), vars: { origin: { BOX_KEYS } }, edgeDatabase: false }));
}

async function call(method: string, path: string, json?: unknown): Promise<{ status: number; body: any }> {
  const headers = { "authorization": `Bearer ${await system!.administrator()}`, "content-type": "application/json" };
  const response = await fetch(`${system!.url}${path}`, { method, headers, ...(json !== undefined && { body: JSON.stringify(json) }) });
  return { status: response.status, body: await response.json() };
}

const files = (): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

/** The rows of a table in every object that has it, as the objects' files hold them. */
const stored = (table: string): Record<string, any>[] =>
  files().filter((file) => file.endsWith(".sqlite")).flatMap((file) => {
    const database = new DatabaseSync(file, { readOnly: true });
    const known = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?").get(table);
    return known ? (database.prepare(`SELECT * FROM "${table}"`).all() as Record<string, any>[]) : [];
  });

async function until<T>(look: () => Promise<T> | T, done: (found: T) => boolean): Promise<T> {
  for (const end = Date.now() + 10_000; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const found = await look();
    if (done(found) || Date.now() > end) return found;
  }
}

const alarms = () => lines.filter((line) => line.includes('"log.level":"error"')).join("\n");
const REASON = { reason: "complaint NSER-0123456789, third call" };

it("identities are read by the door alone, survive a key taken away too early, and follow a rotation; no line ever has one", async () => {
  await startWith(1);
  await new Citizen(system!.url).exclude({ policy: "6m", phone: PHONE, document: DOCUMENT });
  const [{ personId }] = (await until(() => stored("vault"), (rows) => rows.length === 1)) as [{ personId: string }];
  const { body: account } = await call("GET", "/v1/account");
  const person = (body: unknown = REASON) => call("POST", `/v1/persons/${personId}/identity`, body);
  const profile = () => call("POST", `/v1/users/${account.userId}/profile`, REASON);

  expect((await person()).body.identifiers.map(({ canonical }: { canonical: string }) => canonical)).toEqual(["+254712987654", DOCUMENT.value]);
  expect((await profile()).body).toEqual({ userId: account.userId, name: "Administrator", email: "admin@localhost.test", phone: null, dateOfBirth: null });
  expect(stored("identityReads")).toMatchObject([{ role: "super_admin", reason: REASON.reason }]);

  // What fails has identities in it.
  const stranger = new Citizen(system!.url);
  await stranger.ask({ policy: "6m", phone: "0712987000", document: { kind: "national_id", value: "27182818" } });
  await stranger.ask({ policy: "6m", phone: PHONE, document: { kind: "national_id", value: "Administrator" } });
  await stranger.ask({ policy: "6m", phone: PHONE, document: { kind: "national_id", value: "27182818" } });
  await expect(stranger.confirm("000000")).rejects.toThrow(/no receipt/);
  for (const reason of ["asked for by w.kamau@example.test", `called from ${PHONE}`]) expect((await person({ reason })).status).toBe(422);
  await fetch(`${system!.url}/v1/persons/${personId}/identity`, { method: "POST", body: `{"reason":"${PHONE}` });
  await fetch(`${system!.url}/v1/bootstrap`, { method: "POST", headers: { authorization: `Bearer ${secrets.origin.BOOTSTRAP_SECRET}`, "content-type": "application/json", "idempotency-key": "k" }, body: '{"name":"w.kamau","email":"w.kamau@example.test"}' });

  // The old key is taken away before anything was re-wrapped.
  await startWith(2);
  expect([(await person()).status, (await profile()).status]).toEqual([503, 503]);
  expect(alarms()).toContain('no box key \\"1\\"');
  await new Citizen(system!.url).exclude({ policy: "1y", phone: PHONE, document: { kind: "national_id", value: "27182818" } });
  await system!.tick();
  expect(alarms()).toContain("a delivery was not accepted");

  // Back again: nothing is lost, what was not accepted stands in Register's outbox, and everything can follow to the new key.
  expect(stored("deliveries")).toMatchObject([{ topic: "identity", personId }]);
  await startWith(1, 2);
  const { identifiers } = (await person()).body;
  for (let next: string | null = ""; next !== null; ) ({ next } = (await call("POST", "/v1/encryption-keys/rewrap")).body);
  expect((await call("GET", "/v1/encryption-keys")).body.keys).toEqual([
    { keyId: "1", held: true, users: 0, vaults: 0, retirable: true }, { keyId: "2", held: true, users: 1, vaults: 1, retirable: false },
  ]);
  await startWith(2);
  expect((await person()).body.identifiers.slice(0, 2)).toEqual(identifiers.slice(0, 2));
  expect((await profile()).body.name).toBe("Administrator");

  // Without the office nothing is opened.
  await system!.office.primary.stop();
  expect((await person()).status).toBe(503);

  await system!.stop();
  const kept = files().filter((file) => !file.endsWith("administrator.json")).map((file) => [file, readFileSync(file, "latin1")] as const);
  expect(kept.filter(([, text]) => RECOGNISABLE.test(text)).map(([file]) => file)).toEqual([]);
  expect(lines.length).toBeGreaterThan(30);
  expect(lines.filter((line) => RECOGNISABLE.test(line))).toEqual([]);
}, 90_000);
