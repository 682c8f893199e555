/** A Worker that is deployed, by the folder it lives in. */
export interface Deployable {
  name: "tokenizer" | "register" | "origin" | "portal" | "edge";
  config: string;
}

/** Deployed by somebody else, in an account of their own, with wrangler alone: the register's operator must not have it. */
export const WITNESS = { name: "witness", config: "workers/witness/wrangler.toml" } as const;

/** Whatever is deployed anywhere. */
export type AnyDeployable = Deployable | typeof WITNESS;

/**
 * In the order of their bindings: each Worker may name only Workers deployed before it. `workers/local` is a
 * laptop's front door and is never among them.
 */
export const DEPLOYABLES: readonly Deployable[] = [
  { name: "tokenizer", config: "workers/tokenizer/wrangler.toml" },
  { name: "register", config: "workers/register/wrangler.toml" },
  { name: "origin", config: "workers/origin/wrangler.toml" },
  { name: "portal", config: "workers/portal/wrangler.toml" },
  { name: "edge", config: "wrangler.toml" },
];

/** wrangler asks nobody and tells nobody. */
export const QUIET = {
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
};
