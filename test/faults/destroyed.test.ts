import { afterAll, beforeAll, expect, it } from "vitest";
import type { OperatorServer } from "../../src/cli/doors.ts";
import { STALENESS_BOUND_MS } from "../../src/check/lease.ts";
import { type NineRegions, startNineRegions } from "../support/nine-regions.ts";

const EXCLUDED = 200;
const NOBODY = 0;
/** By then a row has left Register, or reached a Replica, even on a machine that does other things beside. */
const LEFT_AFTER_MS = 2_000;

let nine: NineRegions;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  nine = await startNineRegions();
}, 60_000);
afterAll(() => nine?.stop());

interface Said {
  /** When the question was sent, and answered. */
  at: number;
  until: number;
  excluded: string;
  nobody: string;
}

/** Each edge is asked about an excluded person and about nobody until told to stop. */
function underTraffic(person: number): { said: Said[]; stop(): Promise<unknown> } {
  const said: Said[] = [];
  const traffic = { on: true };
  const ask = async (server: OperatorServer): Promise<void> => {
    for (; traffic.on; await pause(100)) {
      const at = Date.now();
      const [excluded, nobody] = await Promise.all([server.check(nine.token(person)), server.check(nine.token(NOBODY))]);
      said.push({ at, until: Date.now(), excluded: excluded.word, nobody: nobody.word });
    }
  };
  const all = Promise.all([...nine.servers.values()].map(ask));
  return { said, stop: () => ((traffic.on = false), all) };
}

async function restored(): Promise<NonNullable<Awaited<ReturnType<NineRegions["recover"]>>["report"]>> {
  for (;;) {
    const { state, stopped, report } = await nine.recover();
    if (state === "in-order") return report!;
    expect(stopped).toBeNull();
  }
}

/** One after the other until nobody answers. */
async function registerOn(from: number, register: (n: number) => Promise<void>): Promise<void> {
  for (let n = from; await register(n).then(() => true, () => false); n++);
}

it("a Register destroyed under load: nobody is clear until it is restored, and then whoever was excluded is", async () => {
  const acknowledged = new Map<number, number>();
  const register = async (n: number): Promise<void> => {
    await nine.register(n);
    acknowledged.set(n, Date.now());
  };
  for (let n = 1; n <= EXCLUDED; n++) await register(n);
  const traffic = underTraffic(1);
  await pause(3_000);
  const load = registerOn(EXCLUDED + 1, register);
  await pause(3_000);
  await nine.destroy();
  const destroyedAt = Date.now();
  await load;
  await expect(nine.register(9_999)).rejects.toThrow("Internal Server Error");
  await pause(STALENESS_BOUND_MS + 2_000);
  const restoringAt = Date.now();
  const report = await restored();
  const restoredAt = Date.now();
  await pause(8_000);
  await traffic.stop();

  const between = traffic.said.filter(({ at, until }) => at > destroyedAt + STALENESS_BOUND_MS && until < restoringAt);
  expect(between.length).toBeGreaterThan(9);
  expect(new Set(between.map(({ nobody }) => nobody))).toEqual(new Set(["indeterminate"]));
  expect(traffic.said.map(({ excluded }) => excluded)).not.toContain("clear");
  const after = traffic.said.filter(({ at }) => at > restoredAt + 6_000);
  expect(new Set(after.map(({ nobody, excluded }) => `${nobody} ${excluded}`))).toEqual(new Set(["clear excluded"]));

  const [server] = nine.servers.values();
  const lost: number[] = [];
  for (const [n, at] of acknowledged) {
    const { word } = await server!.check(nine.token(n));
    if (destroyedAt - at > LEFT_AFTER_MS) expect([n, word]).toEqual([n, "excluded"]);
    else if (word !== "excluded") lost.push(n);
  }
  expect(report.gaps).toEqual([]);
  console.log(`${acknowledged.size} acknowledged; restored in ${restoredAt - restoringAt} ms; by pseudonym only: ${report.salvaged.length}; lost of those acknowledged in the last moment: ${lost.length}`);
}, 120_000);
