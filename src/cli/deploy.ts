/** Deploys every Worker in the order of their bindings: `npm run deploy`, or `npm run deploy -- --dry-run` to only build. */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { DEPLOYABLES, QUIET } from "./deployables.ts";

const { values } = parseArgs({ options: { "dry-run": { type: "boolean", default: false } } });

for (const { name, config } of DEPLOYABLES) {
  console.log(`\n${values["dry-run"] ? "would deploy" : "deploying"} ${name} (${config})`);
  const options = values["dry-run"] ? ["--dry-run"] : [];
  const { status } = spawnSync("wrangler", ["deploy", "--config", config, ...options], {
    stdio: "inherit",
    env: { ...process.env, ...QUIET },
  });
  if (status !== 0) {
    console.error(`\n${name} failed; nothing after it was deployed.`);
    process.exit(1);
  }
}
