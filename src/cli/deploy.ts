/**
 * Deploys every Worker in the order of their bindings. `npm run deploy -- --dry-run` only builds;
 * `--secrets <folder>` uploads each Worker's secrets with its code, from `<folder>/<name>.json` where there is one.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { DEPLOYABLES, type Deployable, QUIET } from "./deployables.ts";

const { values } = parseArgs({
  options: { "dry-run": { type: "boolean", default: false }, "secrets": { type: "string" } },
});

function optionsFor({ name, config }: Deployable): string[] {
  const secrets = values.secrets && join(resolve(values.secrets), `${name}.json`);
  return [
    "--config", config,
    ...(values["dry-run"] ? ["--dry-run"] : []),
    ...(secrets && existsSync(secrets) ? ["--secrets-file", secrets] : []),
  ];
}

for (const deployable of DEPLOYABLES) {
  console.log(`\n${values["dry-run"] ? "building" : "deploying"} ${deployable.name}`);
  const env = { ...process.env, ...QUIET };
  const { status } = spawnSync("wrangler", ["deploy", ...optionsFor(deployable)], { stdio: "inherit", env });
  if (status !== 0) {
    console.error(`\n${deployable.name} failed; nothing after it was deployed.`);
    process.exit(1);
  }
}
