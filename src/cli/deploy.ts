/**
 * Deploys the register: `npm run deploy -- --env <environment> [--secrets <folder>] [--dry-run]`. Checks what the environment
 * needs, brings the office's tables to the newest schema, deploys every Worker in the order of their bindings, asks the
 * deployment from outside whether it answers, and says how to go back. `--dry-run` builds everything and changes nothing.
 */
import { commandLine } from "./command-line.ts";
import { deploy } from "./deploy/deploy.ts";
import { environmentNames } from "./deploy/environment.ts";
import { wrangler } from "./deploy/wrangler.ts";

const { values } = commandLine(import.meta.url, { options: { "env": { type: "string" }, "dry-run": { type: "boolean" }, "secrets": { type: "string" } } });

if (!values.env) {
  console.error(`Say where to: npm run deploy -- --env <${environmentNames().join("|")}> [--secrets <folder>] [--dry-run]`);
  process.exit(2);
}
try {
  await deploy({ name: values.env, secrets: values.secrets, dryRun: values["dry-run"] === true }, wrangler, console.log);
} catch (error) {
  console.error(`\nNot deployed: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
