import { expect, it, vi } from "vitest";
import { logDoubts, registrationLeaves } from "../../src/cli/audit/after-kills.ts";
import { Citizen, enrolOperator, OperatorServer } from "../../src/cli/doors.ts";
import { kill, killable, type Running } from "../support/killable.ts";

const REGISTRATIONS = 200;
const AT_ONCE = 10;

const { start } = killable("kill");
const phoneOf = (n: number) => `073${String(n).padStart(6, "0")}1`;
const addressOf = (n: number) => `198.18.${n >> 8}.${n & 255}`;

/** How many leaves of the audit log each receipt's registration has, once what was left behind is told; and the whole log is verified. */
async function leavesOf({ url, administrator }: Running, references: readonly string[]): Promise<[string, number][]> {
  // What was done last is listed after the next command, or by the minute's cron, which does not run here.
  const leaves = await vi.waitFor(async () => {
    await enrolOperator(url, administrator, "After the kill");
    const counted = await registrationLeaves(url, administrator);
    expect(references.filter((reference) => !counted.has(reference))).toEqual([]);
    return counted;
  }, { timeout: 60_000, interval: 3_000 });
  expect(await logDoubts(url, administrator)).toEqual([]);
  return references.map((reference) => [reference, leaves.get(reference)!]);
}

it("every receipt a citizen was shown is still in force after everything was killed at once, and in the audit log once", async () => {
  const first = await start();
  const { apiKey } = await enrolOperator(first.url, first.administrator, "Killed Bets");
  // As customers, before they exclude themselves: who turns so many excluded people into tokens is quarantined.
  const tokens = await Promise.all(Array.from({ length: REGISTRATIONS }, (_, n) => new OperatorServer(first.url, apiKey).tokenize(phoneOf(n))));
  const receipts = new Map<number, string>();
  let next = 0;
  const register = async (): Promise<void> => {
    while (next < REGISTRATIONS) {
      const n = next++;
      const citizen = new Citizen(first.url, { pages: first.pages, address: addressOf(n) });
      receipts.set(n, await citizen.exclude({ policy: "6m", phone: phoneOf(n) }));
      if (receipts.size === REGISTRATIONS / 2) kill(first);
    }
  };
  await Promise.allSettled(Array.from({ length: AT_ONCE }, register));
  expect(receipts.size).toBeGreaterThanOrEqual(REGISTRATIONS / 2);
  expect(receipts.size).toBeLessThan(REGISTRATIONS);

  const second = await start();
  const server = new OperatorServer(second.url, apiKey);
  for (const [n] of receipts) {
    const { word } = await server.check(tokens[n]!);
    expect([n, word]).toEqual([n, "excluded"]);
  }
  expect((await server.check(await server.tokenize("0799999999"))).word).toBe("clear");
  expect(await leavesOf(second, [...receipts.values()])).toEqual([...receipts.values()].map((reference) => [reference, 1]));
  const [n, reference] = [...receipts][receipts.size - 1]!;
  const citizen = new Citizen(second.url, { pages: second.pages, address: addressOf(REGISTRATIONS + n) });
  expect(await citizen.enter(phoneOf(n))).toContain(reference);
}, 240_000);
