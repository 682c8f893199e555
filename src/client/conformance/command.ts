import { type Adapter, type Outcome, runScenarios } from "./run.ts";
import { KIT_VERSION, SCENARIOS, SIGNED_SCENARIOS } from "./scenarios.ts";

/** What the command line gives it. */
interface Means {
  /** What the developer's file exports. */
  load: () => Promise<unknown>;
  print: (line: string) => void;
  now: () => number;
  random: (bytes: number) => Uint8Array;
}

/** Runs a developer's adapter through the kit, and prints how it came out. 0 when everything passed, 1 when not, 2 when there is no adapter. */
export async function conformanceCommand({ load, print, ...senses }: Means): Promise<number> {
  const adapter = await load();
  if (!isAdapter(adapter)) {
    print("The file exports no `mayPlay(identifiers, purpose)`, or `webhooks` without `secret`, `receive` and `taken`.");
    return 2;
  }
  const outcomes: Outcome[] = [];
  for await (const outcome of runScenarios(adapter, senses)) {
    outcomes.push(outcome);
    if (!outcome.passed) print(`✗ ${outcome.id.padEnd(28)} ${outcome.came}`);
  }
  const failed = outcomes.filter(({ passed }) => !passed).length;
  print(`Conformance kit ${KIT_VERSION}: ${outcomes.length - failed} passed, ${failed} failed${adapter.webhooks ? "" : `, ${SIGNED_SCENARIOS.length} about webhooks not run`} of ${SCENARIOS.length + SIGNED_SCENARIOS.length}.`);
  return failed === 0 ? 0 : 1;
}

function isAdapter(value: unknown): value is Adapter {
  const { mayPlay, webhooks } = (value ?? {}) as Record<string, unknown>;
  if (typeof mayPlay !== "function") return false;
  if (webhooks === undefined) return true;
  const { secret, receive, taken } = (webhooks ?? {}) as Record<string, unknown>;
  return typeof secret === "string" && typeof receive === "function" && typeof taken === "function";
}
