/** Where the register is deployed to: one file an environment, in workers/environments. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { z } from "zod";
import { DEPLOYABLES, type Deployable } from "../deployables.ts";

const FOLDER = resolve(import.meta.dirname, "../../../workers/environments");
const NAMES = DEPLOYABLES.map(({ name }) => name) as [Deployable["name"], ...Deployable["name"][]];

const Environment = z.strictObject({
  /** Appended to the name of each Worker, queue and bucket, so that environments share an account and nothing else. */
  suffix: z.string().regex(/^(-[a-z0-9]+)?$/),
  /** The one host that serves everything, and the zone it is in. */
  host: z.string().min(1),
  zone: z.string().min(1),
  /** The id of the KV namespace of published shards. */
  shards: z.string().min(1),
  /** Added to the numbers of the rate limits, which are counted by number in the whole account. */
  rateLimits: z.int().min(0),
  /** Set over the variables of each Worker's own configuration. */
  vars: z.partialRecord(z.enum(NAMES), z.record(z.string(), z.string())),
});

export type Environment = z.infer<typeof Environment>;

export const environmentNames = (): string[] => readdirSync(FOLDER).map((file) => basename(file, ".json")).toSorted();

/** Throws when there is none of this name, or its file says something else than it should. */
export function readEnvironment(name: string): Environment {
  if (!environmentNames().includes(name)) throw new Error(`there is no environment ${name}: ${environmentNames().join(", ")}`);
  const parsed = Environment.safeParse(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8")));
  if (parsed.success) return parsed.data;
  throw new Error(`workers/environments/${name}.json: ${parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ")}`);
}

/** What has to be replaced by the owner's own before anything is deployed; empty when all is. */
export const placeholdersOf = ({ host, zone, shards, vars }: Environment): string[] => [
  ...([host, zone].some((text) => text.endsWith("example.ke")) ? ["host and zone"] : []),
  ...(/^[0-9a-f]{32}$/.test(shards) ? [] : ["shards, the id that `wrangler kv namespace create` printed"]),
  ...(vars.register?.LOG_ORIGIN?.includes("example.ke") ? ["LOG_ORIGIN of register"] : []),
  ...(vars.origin?.OFFICE_DATABASE_URL?.endsWith("example.ke") ? ["OFFICE_DATABASE_URL of origin"] : []),
];
