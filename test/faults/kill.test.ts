import { expect, it } from "vitest";
import { Citizen, enrolOperator, OperatorServer } from "../../src/cli/doors.ts";
import { kill, killable } from "../support/killable.ts";

const REGISTRATIONS = 200;
const AT_ONCE = 10;

const { start } = killable("kill");
const phoneOf = (n: number) => `073${String(n).padStart(6, "0")}1`;
const addressOf = (n: number) => `198.18.${n >> 8}.${n & 255}`;

it("every receipt a citizen was shown is still in force after everything was killed at once", async () => {
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
  const [n, reference] = [...receipts][receipts.size - 1]!;
  const citizen = new Citizen(second.url, { pages: second.pages, address: addressOf(REGISTRATIONS + n) });
  expect(await citizen.enter(phoneOf(n))).toContain(reference);
}, 120_000);
