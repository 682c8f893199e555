import type { RequestOrigin } from "../kernel/actor.ts";

/** Where a request came from, as the platform says it: a country by its header. */
export const originOf = ({ headers }: Request): RequestOrigin => ({
  network: null,
  agent: null,
  country: headers.get("cf-ipcountry"),
  county: null,
});
