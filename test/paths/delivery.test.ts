import { expect, it } from "vitest";
import { faultsOf, measureDelivery } from "../../src/cli/bench/delivery.ts";

it("healthy endpoints are told within the bound while others hang", async () => {
  const { healthy, beside } = await measureDelivery({ operators: 20, hanging: 6, exclusions: 4 });
  console.log(`commit → endpoint: ${healthy.median} ms, p99 ${healthy.p99} ms; beside hanging ones ${beside.median} ms, p99 ${beside.p99} ms`);
  expect([healthy.arrived, beside.arrived]).toEqual([80, 56]);
  expect(faultsOf(healthy, beside)).toEqual([]);
}, 120_000);
