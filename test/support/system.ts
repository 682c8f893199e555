/** The whole system for a test file: booted once, with an operator of its own, stopped at the end. */
import { afterAll, beforeAll, expect } from "vitest";
import { enrolOperator, type OperatorAccess, OperatorServer, UNLIMITED } from "../../src/cli/doors.ts";
import { drawSecrets, type Secrets } from "../../src/cli/secrets.ts";
import { startSystem, type System, type SystemOptions } from "../../src/cli/system.ts";
import { quotesAny } from "./quoting.ts";

export interface TestSystem {
  system: System;
  secrets: Secrets;
  access: OperatorAccess;
  server: OperatorServer;
  /** Lines that are not of the level info. */
  alarms: string[];
}

/** Ready once a check of somebody unknown is answered `word`. Whatever a test does with it, no Worker may print a secret. */
export function wholeSystem(vars: SystemOptions["vars"] = {}, word = "clear"): TestSystem {
  const whole = { alarms: [] as string[], secrets: drawSecrets() } as TestSystem;
  const quotes = quotesAny(Object.values(whole.secrets).flatMap((secrets) => Object.values(secrets)));
  const leaks: string[] = [];
  const print = (line: string): void => {
    if (quotes(line)) leaks.push(line);
    if (!line.includes('"log.level":"info"')) whole.alarms.push(line);
  };
  beforeAll(async () => {
    whole.system = await startSystem({ secrets: whole.secrets, print, vars });
    whole.access = await enrolOperator(whole.system.url, await whole.system.administrator(), "Test Bets", UNLIMITED);
    whole.server = new OperatorServer(whole.system.url, whole.access.apiKey);
    // A key is known at the edge a moment after it was issued.
    await whole.server.until(await whole.server.tokenize("0799999999"), word);
  }, 60_000);
  afterAll(async () => {
    await whole.system?.stop();
    expect(leaks).toEqual([]);
  });
  return whole;
}
