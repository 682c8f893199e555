/** One process of the simulation: runs the seeds it is told, in order, and sends what came of each. */
import { parseArgs } from "node:util";
import { becomePlatform } from "./platform.ts";
import type { Nairobi, Sent } from "./sent.ts";

becomePlatform();
const { run } = await import("./run.ts");
const { mutant } = await import("./mutants.ts");
const { nairobi } = await import("./nairobi.ts");

const { values: options } = parseArgs({
  options: {
    from: { type: "string" }, to: { type: "string" }, step: { type: "string" }, mutant: { type: "string" }, trace: { type: "boolean" },
    nairobi: { type: "string" },
  },
});

// What nobody caught is a fault of the product or of the simulation: it must not pass.
process.on("unhandledRejection", (error) => {
  throw error;
});

const send = (sent: Sent | Nairobi): Promise<unknown> => new Promise((resolve) => process.send!(sent, undefined, undefined, resolve));

async function runSeeds(): Promise<void> {
  const [from, to, step] = [Number(options.from), Number(options.to), Number(options.step)];
  const parts = options.mutant ? mutant(options.mutant) : undefined;
  for (let seed = from; seed < to && process.connected; seed += step) {
    const { counts, ...report } = await run(seed, parts, options.trace);
    await send({ ...report, counts: [...counts] });
  }
}

/** `isolates,checks a second,seconds` */
async function runNairobi(scenario: string): Promise<void> {
  const [isolates, checksPerSecond, seconds] = scenario.split(",").map(Number);
  await send(await nairobi(isolates!, checksPerSecond!, seconds!));
}

await (options.nairobi ? runNairobi(options.nairobi) : runSeeds());
process.disconnect?.();
