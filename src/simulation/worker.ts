/** One process of the simulation: runs the seeds it is told, in order, and sends what came of each. */
import { parseArgs } from "node:util";
import type { Sent } from "./sent.ts";
import { becomePlatform } from "./platform.ts";

becomePlatform();
const { run } = await import("./run.ts");
const { mutant } = await import("./mutants.ts");

const { values: options } = parseArgs({
  options: { from: { type: "string" }, to: { type: "string" }, step: { type: "string" }, mutant: { type: "string" }, trace: { type: "boolean" } },
});
const [from, to, step] = [Number(options.from), Number(options.to), Number(options.step)];
const parts = options.mutant ? mutant(options.mutant) : undefined;

// What nobody caught is a fault of the product or of the simulation: it must not pass.
process.on("unhandledRejection", (error) => {
  throw error;
});

for (let seed = from; seed < to && process.connected; seed += step) {
  const { counts, ...report } = await run(seed, parts, options.trace);
  const sent: Sent = { ...report, counts: [...counts] };
  await new Promise((resolve) => process.send!(sent, undefined, undefined, resolve));
}
process.disconnect?.();
