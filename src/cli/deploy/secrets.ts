/** Whether each Worker has every secret it needs, before anything is deployed. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AnyDeployable, Deployable } from "../deployables.ts";
import { drawSecrets } from "../secrets.ts";
import type { Run } from "./wrangler.ts";

/** Secrets that depend on what the deployment has, and so may be missing. */
const OPTIONAL = new Set(["EDGE_DATABASE_TOKEN", "UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"]);
/** What no draw can know, because somebody else gives it. */
const GIVEN: Partial<Record<AnyDeployable["name"], readonly string[]>> = { origin: ["OFFICE_DATABASE_TOKEN"] };

/** The names a Worker cannot do without. */
export const requiredSecrets = (name: AnyDeployable["name"]): string[] =>
  [...Object.keys(drawSecrets()[name]), ...(GIVEN[name] ?? [])].filter((secret) => !OPTIONAL.has(secret));

const fileOf = (folder: string, name: Deployable["name"]): string => join(folder, `${name}.json`);

/** A Worker's secrets as its file has them; null without a file. */
export function secretsIn(folder: string | undefined, name: Deployable["name"]): Record<string, string> | null {
  if (!folder || !existsSync(fileOf(folder, name))) return null;
  return JSON.parse(readFileSync(fileOf(folder, name), "utf8")) as Record<string, string>;
}

/** The secrets that are missing: in the folder where it has a file for the Worker, else at the deployment. */
export function missingSecrets(run: Run, folder: string | undefined, name: Deployable["name"], config: string): string[] {
  const there = Object.keys(secretsIn(folder, name) ?? {}).concat(secretsIn(folder, name) ? [] : deployedSecrets(run, config));
  return requiredSecrets(name).filter((secret) => !there.includes(secret));
}

function deployedSecrets(run: Run, config: string): string[] {
  const { status, stdout } = run(["secret", "list", "--config", config, "--format", "json"]);
  return status === 0 ? (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name) : [];
}
