import { WorkerEntrypoint } from "cloudflare:workers";
import { readPublished } from "../../src/domains/exclusions/statistics/published.ts";
import { rangeOf } from "../../src/domains/exclusions/statistics/period.ts";
import type { StatisticsRpc as StatisticsVerbs } from "../../src/domains/exclusions/statistics/rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

/** What the portal may ask of the register's figures: what everybody may be told. */
export class StatisticsRpc extends WorkerEntrypoint<Environment> implements StatisticsVerbs {
  published() {
    const now = Date.now();
    return readPublished(originOf(this.env).accounts.office, rangeOf("months", {}, now), now);
  }
}
