import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Keyring } from "../../src/bst/keyring.ts";
import { parsePairKeys } from "../../src/bst/seal.ts";
import { parseToken } from "../../src/bst/text.ts";
import { Citizen, enrolOperator, type OperatorAccess, OperatorServer } from "../../src/cli/doors.ts";
import { drawSecrets } from "../../src/cli/secrets.ts";
import { startSystem, type System } from "../../src/cli/system.ts";
import { HOUR } from "../../src/kernel/clock.ts";
import { answersRoot } from "../support/answers.ts";
import { conforms } from "../support/conforms.ts";

const directory = mkdtempSync(join(tmpdir(), "nser-evidence-"));
const secrets = drawSecrets();
const alarms: string[] = [];
let system: System;
let access: OperatorAccess;
let server: OperatorServer;

beforeAll(async () => {
  const print = (line: string) => void (line.includes('"log.level":"info"') || alarms.push(line));
  system = await startSystem({ secrets, directory, print });
  access = await enrolOperator(system.url, await system.administrator(), "Test Bets");
  server = new OperatorServer(system.url, access.apiKey);
}, 60_000);

afterAll(async () => {
  await system?.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function usage(): Promise<{ periods: any[] }> {
  const now = Date.now();
  const query = new URLSearchParams({ from: new Date(now - HOUR).toISOString(), to: new Date(now + HOUR).toISOString(), by: "hour" });
  const path = `/v1/operators/${access.id}/usage`;
  const response = await fetch(`${system.url}${path}?${query}`, { headers: { authorization: `Bearer ${await system.administrator()}` } });
  expect(response.status).toBe(200);
  return conforms((await (await fetch(`${system.url}/openapi.json`)).json()) as Record<string, unknown>, "get", path, response);
}

/** Adds up a figure of every period, null as nothing. */
async function counted(purpose: string, figure: "clearAtLeast" | "foundAtLeast"): Promise<number> {
  const { periods } = await usage();
  return periods.reduce((sum, { purposes }) => sum + (purposes[purpose][figure] ?? 0), 0);
}

const files = (): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

/** The rows of a table in every object that has it, as the objects' files hold them. */
function stored(table: string): Record<string, unknown>[] {
  return files().filter((file) => file.endsWith(".sqlite")).flatMap((file) => {
    const database = new DatabaseSync(file, { readOnly: true });
    const known = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?").get(table);
    return known ? (database.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[]) : [];
  });
}

function pseudonymOf(token: string): Buffer {
  const { epoch, kind, generation, body } = parseToken(token)!;
  const sealer = new Keyring(parsePairKeys(secrets.edge.PAIR_KEYS!)).sealer("1", { operator: access.id, epoch, kind, generation });
  return Buffer.from(sealer.open(body)!);
}

it("checks at the edge are counted in the operator's usage, whom they found is told, and nobody else is kept", async () => {
  expect((await usage()).periods.every(({ batchesLost, purposes }) => batchesLost === null && purposes.login.clearAtLeast === null)).toBe(true);
  const [excluded, clear] = [await server.tokenize("0712345678"), await server.tokenize("0722222222")];
  await new Citizen(system.url).exclude({ policy: "6m", phone: "0712345678" });
  await server.until(excluded, "excluded");
  const found = await counted("login", "foundAtLeast");
  const ids: string[] = [];
  for (let n = 0; n < 20; n++) ids.push(((await server.check(clear, "deposit")).body as { answerId: string }).answerId);
  const answer = (await server.check(excluded, "bet")).body as { answerId: string };
  await expect.poll(() => counted("deposit", "clearAtLeast"), { timeout: 20_000, interval: 500 }).toBe(20);
  await expect.poll(() => counted("bet", "foundAtLeast"), { timeout: 20_000, interval: 500 }).toBe(1);
  expect(found).toBe(0);

  await expect.poll(() => stored("checks"), { timeout: 5_000 }).toContainEqual({
    answerId: answer.answerId, operator: access.id, purpose: "bet", hour: Math.floor(Date.now() / HOUR) * HOUR,
  });

  let at = 0;
  for (const { count, root } of stored("counts").filter(({ purpose }) => purpose === "deposit")) {
    const mine = ids.slice(at, (at += Number(count)));
    expect(Buffer.from(root as Uint8Array).toString("hex")).toBe(answersRoot(mine));
  }
  expect(at).toBe(20);

  // Whatever the system had in memory is in its files now.
  await system.stop();
  const [p, other] = [pseudonymOf(clear), pseudonymOf(excluded)];
  const holding = (text: string | Buffer) => files().filter((file) => readFileSync(file).includes(text));
  for (const trace of [p, p.toString("hex"), clear, clear.slice(8, -6)]) expect(holding(trace)).toEqual([]);
  expect(holding(other)).not.toEqual([]);
  // The last: its number begins no other.
  expect(holding(ids.at(-1)!)).toEqual([]);
  expect(alarms).toEqual([]);
}, 60_000);
