import { COUNTIES } from "../../src/kernel/reference/counties.ts";
import { HOUR } from "../../src/kernel/clock.ts";
import { ORIGINS } from "../../src/domains/exclusions/model.ts";
import { POLICY_CODES } from "../../src/domains/exclusions/policies.ts";
import { type Cell, NO_DATA, publishCells, type Published, type PublishedMonth, publishRounded, publishTotal } from "../../src/domains/exclusions/statistics/publish.ts";
import type { StatisticsRpc } from "../../src/domains/exclusions/statistics/rpc.ts";
import { NOW } from "./citizens.ts";

const valued = (values: readonly (string | null)[], cells: readonly Cell[]) => values.map((value, at) => ({ value, ...cells[at]! }));

/** A month in which so many began: half of them for a year, two on others' request, most of Nairobi. */
function month(name: string, begun: number | null): PublishedMonth {
  const [policies, counties] = [[...POLICY_CODES, "custom"], [...Object.keys(COUNTIES), null]];
  const told = (values: readonly (string | null)[], counts: (at: number) => number) => valued(values, begun === null ? values.map(() => NO_DATA) : publishCells(values.map((_, at) => counts(at))));
  return {
    month: name, begun: begun === null ? NO_DATA : publishTotal(begun), inForce: begun === null ? NO_DATA : publishRounded(begun * 3),
    byPolicy: told(policies, (at) => (at === 4 ? begun! / 2 : at * 10)), byOrigin: told(ORIGINS, (at) => (at === 0 ? begun! - 2 : at === 1 ? 2 : 0)),
    byCounty: told(counties, (at) => 100 + at * 11),
  };
}

const MONTHS = ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"];

/** What origin tells the portal of the register's figures. */
export class Figures implements StatisticsRpc {
  figures: Published = {
    asOf: NOW,
    months: MONTHS.map((name, at) => month(name, at < 2 ? null : at === 2 ? 7 : 1_000 + at * 130)),
    propagation: Array.from({ length: 24 }, (_, at) => ({ hour: NOW - (24 - at) * HOUR, ...(at === 3 ? { samples: 0, p95Ms: null, worstMs: null } : { samples: 300, p95Ms: 640, worstMs: 2_350 }) })),
  };

  async published() {
    return this.figures;
  }
}
