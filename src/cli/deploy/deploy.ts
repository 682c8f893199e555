import { resolve } from "node:path";
import { DEPLOYABLES, type Deployable } from "../deployables.ts";
import { migrateOffice, tableChanges } from "../office.ts";
import { writeConfiguration } from "./configuration.ts";
import { type Environment, placeholdersOf, readEnvironment } from "./environment.ts";
import { missingSecrets, secretsIn } from "./secrets.ts";
import { smoke } from "./smoke.ts";
import type { Run } from "./wrangler.ts";

export interface Order {
  /** The environment's. */
  name: string;
  /** A folder with each Worker's secrets, `<name>.json`; they are uploaded with the code. */
  secrets: string | undefined;
  dryRun: boolean;
}

interface Target extends Deployable {
  /** The configuration of this environment. */
  file: string;
}

/** Throws at the first step that fails; nothing after it was done, and the message says so. */
export async function deploy(order: Order, run: Run, tell: (line: string) => void): Promise<void> {
  const environment = readEnvironment(order.name);
  const targets = DEPLOYABLES.map((deployable) => ({ ...deployable, file: writeConfiguration(order.name, environment, deployable) }));
  check(order, environment, targets, run, tell);
  await migrate(order, environment, tell);
  for (const target of targets) upload(order, target, run, tell);
  if (order.dryRun) return tell("\nEverything builds. Nothing was changed.");
  tell(`\nAsking https://${environment.host}`);
  const failed = await smoke(`https://${environment.host}`, tell);
  tell(`\nTo go back, in this order:\n${targets.toReversed().map(({ file }) => `  npx wrangler rollback --config ${file}`).join("\n")}`);
  tell("Tables go forward only: the code before reads them as they are now.");
  if (failed > 0) throw new Error(`it is deployed, but ${failed} of its answers are wrong: see above`);
}

/** What is missing stops a deployment, and is only said of a dry run. */
function check({ dryRun, secrets, name }: Order, environment: Environment, targets: readonly Target[], run: Run, tell: (line: string) => void): void {
  const placeholders = placeholdersOf(environment).map((what) => `workers/environments/${name}.json: ${what}`);
  if (!dryRun && placeholders.length > 0) throw new Error(`the environment is not yet yours:\n  ${placeholders.join("\n  ")}`);
  if (!dryRun && run(["whoami"]).status !== 0) throw new Error("wrangler is not logged in: npx wrangler login, or CLOUDFLARE_API_TOKEN");
  const missing = targets.flatMap((target) =>
    dryRun && !secretsIn(secrets, target.name) ? [] : missingSecrets(run, secrets, target.name, target.file).map((secret) => `the secret ${secret} of ${target.name}`));
  const faults = [...placeholders, ...missing];
  if (faults.length === 0) return;
  if (!dryRun) throw new Error(`there is not:\n  ${faults.join("\n  ")}`);
  tell(`Missing for a deployment:\n  ${faults.join("\n  ")}`);
}

async function migrate({ dryRun, secrets }: Order, { vars }: Environment, tell: (line: string) => void): Promise<void> {
  const token = secretsIn(secrets, "origin")?.OFFICE_DATABASE_TOKEN ?? process.env.OFFICE_DATABASE_TOKEN;
  const url = vars.origin?.OFFICE_DATABASE_URL;
  if (dryRun) return tell(`The office's newest table change is ${tableChanges().at(-1)}.`);
  if (!token || !url) throw new Error("the office's tables cannot be brought up to date: OFFICE_DATABASE_URL of origin, OFFICE_DATABASE_TOKEN in its secrets or in the environment");
  tell("Bringing the office's tables up to date.");
  await migrateOffice({ url, token });
}

function upload({ dryRun, secrets }: Order, { name, file }: Target, run: Run, tell: (line: string) => void): void {
  tell(`\n${dryRun ? "Building" : "Deploying"} ${name}`);
  const held = secretsIn(secrets, name) && ["--secrets-file", resolve(secrets!, `${name}.json`)];
  const { status } = run(["deploy", "--config", file, ...(dryRun ? ["--dry-run"] : []), ...(held ?? [])], "loud");
  if (status !== 0) throw new Error(`${name} failed; nothing after it was deployed`);
}
