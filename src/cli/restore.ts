/**
 * `npm run restore`: restores a Register that was destroyed or lost rows (docs/runbook.md). `-- --status` only looks;
 * `--url` is the register's, this machine's by default; `--without weur/2` does not wait for that Replica; `--accept-end 1234`
 * ends with that segment although others stand after it. `--vaults` restores persons' vaults instead, and erases again who was erased;
 * `--after` goes on with the person named. The token is RESTORE_TOKEN, or this machine's.
 */
import { existsSync, readFileSync } from "node:fs";
import type { RecoveryStatus } from "../domains/exclusions/recovery/rpc.ts";
import { commandLine } from "./command-line.ts";
import { recoveryStatus, reportLines, restoreRegister } from "./restoration.ts";
import type { Secrets } from "./secrets.ts";
import { restoreVaults } from "./vaults.ts";

const SECRETS = ".local/secrets.json";

const { values: options } = commandLine(import.meta.url, {
  options: {
    "url": { type: "string", default: "http://localhost:8787" },
    "without": { type: "string", multiple: true, default: [] },
    "accept-end": { type: "string" },
    "status": { type: "boolean", default: false },
    "vaults": { type: "boolean", default: false },
    "after": { type: "string", default: "" },
  },
});

function restoreToken(): string {
  const local = (): string | undefined => (JSON.parse(readFileSync(SECRETS, "utf8")) as Secrets).origin.RESTORE_TOKEN;
  const token = process.env.RESTORE_TOKEN ?? (existsSync(SECRETS) ? local() : undefined);
  if (!token) throw new Error("RESTORE_TOKEN is not set");
  return token;
}

function tell({ progress, stopped }: RecoveryStatus): void {
  const how = progress ? `${progress.doing} ${progress.done}${progress.of ? ` of ${progress.of}` : ""}` : "in order";
  console.log(stopped ?? how);
}

async function runVaults(url: string): Promise<void> {
  const { counts, failed } = await restoreVaults(url, restoreToken(), options.after, (next) => console.log(`--after ${next}`));
  console.log(`${counts.restored} vaults restored, ${counts.open} were in order, ${counts.erased} stay erased.`);
  if (failed.length > 0) throw new Error(`vaults that could not be restored: ${failed.join(", ")}`);
}

async function run(): Promise<void> {
  const { url } = options;
  if (options.vaults) return runVaults(url);
  const status = await recoveryStatus(url, restoreToken());
  console.log(`The register is ${status.state}${status.lagMs === null ? "" : `; changes wait ${status.lagMs} ms for the bucket`}.`);
  if (options.status || status.state === "in-order") return;
  const acceptEnd = options["accept-end"] === undefined ? null : Number(options["accept-end"]);
  const order = { without: options.without, acceptEnd };
  const report = await restoreRegister({ url, restoreToken: restoreToken(), order, progress: tell });
  for (const line of report ? reportLines(report) : []) console.log(line);
}

await run().catch((error: Error) => {
  console.error(`Not restored: ${error.message}`);
  process.exit(1);
});
