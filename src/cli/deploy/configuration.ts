/** A Worker's configuration in an environment: its own wrangler.toml, renamed, with the environment's variables and routes. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { experimental_readRawConfig as readRawConfig } from "wrangler";
import type { Deployable } from "../deployables.ts";
import type { Environment } from "./environment.ts";

/** What is read and changed here of a configuration; the rest passes as it is. */
export interface Configuration {
  name: string;
  main: string;
  vars?: Record<string, string>;
  kv_namespaces?: { binding: string; id: string }[];
  services?: { service: string }[];
  durable_objects?: { bindings: { script_name?: string }[] };
  queues?: { producers?: { queue: string }[]; consumers?: { queue: string; dead_letter_queue?: string }[] };
  r2_buckets?: { bucket_name: string }[];
  ratelimits?: { namespace_id: string }[];
  routes?: ({ pattern: string; zone_name: string } | { pattern: string; custom_domain: true })[];
  workers_dev?: boolean;
}

/** Which paths of the one host each Worker serves; the longer goes before the shorter, and the portal has the rest. */
const PATHS: Record<Deployable["name"], readonly string[]> = {
  tokenizer: [],
  register: [],
  edge: ["/v1/checks*", "/v1/scrubs*", "/v1/status", "/.well-known/http-message-signatures-directory"],
  origin: ["/v1/*", "/problems/*", "/openapi.json", "/docs*", "/.well-known/oauth-authorization-server"],
  portal: [],
};

/** Switches of a laptop, each of which lets somebody out who must stay in. */
const OF_A_LAPTOP = ["WEBHOOK_LOOPBACK"];

/** A pure function of what the Worker has in its folder and of the environment. Throws when one of them sets what is a laptop's alone. */
export function configurationIn(environment: Environment, name: Deployable["name"], base: Configuration): Configuration {
  const { suffix, host, zone, shards, rateLimits, vars } = environment;
  for (const set of OF_A_LAPTOP.filter((one) => base.vars?.[one] || vars[name]?.[one])) throw new Error(`${set} of ${name} is a laptop's, and not deployed`);
  const named = (text: string): string => `${text}${suffix}`;
  const rename = <Key extends string>(key: Key) => <Row extends { [K in Key]?: string }>(row: Row): Row =>
    row[key] === undefined ? row : { ...row, [key]: named(row[key]) };
  const paths = PATHS[name].map((path) => ({ pattern: `${host}${path}`, zone_name: zone }));
  return {
    ...base,
    name: named(base.name),
    vars: { ...base.vars, ...(name === "origin" && { PUBLIC_URL: `https://${host}` }), ...vars[name] },
    ...(base.kv_namespaces && { kv_namespaces: base.kv_namespaces.map((namespace) => ({ ...namespace, id: shards })) }),
    ...(base.services && { services: base.services.map(rename("service")) }),
    ...(base.durable_objects && { durable_objects: { bindings: base.durable_objects.bindings.map(rename("script_name")) } }),
    ...(base.queues && {
      queues: {
        ...(base.queues.producers && { producers: base.queues.producers.map(rename("queue")) }),
        ...(base.queues.consumers && { consumers: base.queues.consumers.map(rename("queue")).map(rename("dead_letter_queue")) }),
      },
    }),
    ...(base.r2_buckets && { r2_buckets: base.r2_buckets.map(rename("bucket_name")) }),
    ...(base.ratelimits && {
      ratelimits: base.ratelimits.map((limit) => ({ ...limit, namespace_id: String(Number(limit.namespace_id) + rateLimits) })),
    }),
    routes: name === "portal" ? [{ pattern: host, custom_domain: true }] : paths,
    workers_dev: false,
  };
}

/** Writes it where wrangler reads it; answers the file. */
export function writeConfiguration(environmentName: string, environment: Environment, { name, config }: Deployable): string {
  const base = readRawConfig({ config }).rawConfig as unknown as Configuration;
  const main = resolve(dirname(config), base.main);
  const file = resolve(".build/deploy", environmentName, `${name}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(configurationIn(environment, name, { ...base, main }), null, 2));
  return join(file);
}
