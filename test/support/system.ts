/** The whole system for a test file: booted once, with an operator of its own, stopped at the end. */
import { afterAll, beforeAll } from "vitest";
import { enrolOperator, type OperatorAccess, OperatorServer, UNLIMITED } from "../../src/cli/doors.ts";
import { drawSecrets, type Secrets } from "../../src/cli/secrets.ts";
import { startSystem, type System, type SystemOptions } from "../../src/cli/system.ts";

export interface TestSystem {
  system: System;
  secrets: Secrets;
  access: OperatorAccess;
  server: OperatorServer;
  /** Lines that are not of the level info. */
  alarms: string[];
}

/** Ready once a check of somebody unknown is answered `word`. */
export function wholeSystem(vars: SystemOptions["vars"] = {}, word = "clear"): TestSystem {
  const whole = { alarms: [] as string[], secrets: drawSecrets() } as TestSystem;
  beforeAll(async () => {
    const print = (line: string) => void (line.includes('"log.level":"info"') || whole.alarms.push(line));
    whole.system = await startSystem({ secrets: whole.secrets, print, vars });
    whole.access = await enrolOperator(whole.system.url, await whole.system.administrator(), "Test Bets", UNLIMITED);
    whole.server = new OperatorServer(whole.system.url, whole.access.apiKey);
    // A key is known at the edge a moment after it was issued.
    await whole.server.until(await whole.server.tokenize("0799999999"), word);
  }, 60_000);
  afterAll(() => whole.system?.stop());
  return whole;
}
