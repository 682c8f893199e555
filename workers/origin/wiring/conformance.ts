import { waitUntil } from "cloudflare:workers";
import { testChecksOf } from "../../../src/domains/operators/conformance/evidence.ts";
import type { ConformanceParts } from "../../../src/domains/operators/conformance/parts.ts";
import { logSigner } from "../../../src/tlog/sign.ts";
import type { Ground } from "./ground.ts";
import { failing } from "./report.ts";

/** What recorded runs of the conformance kit are made with. */
export function conformanceOf({ settings, office, envelope, usage, clock, random }: Ground): ConformanceParts {
  const { hostname, host } = new URL(settings.PUBLIC_URL);
  const terms = { own: hostname, loopback: settings.WEBHOOK_LOOPBACK === "allowed" };
  const report = failing("a conformance run was not carried on");
  return {
    office, envelope, clock, random, afterwards: waitUntil, report,
    sending: { fetch: (url, init) => fetch(url, init), clock, terms, deadline: (ms) => AbortSignal.timeout(ms) },
    signer: () => logSigner(`${host}/conformance`, settings.CONFORMANCE_KEY.seed),
    testChecks: (operator) => testChecksOf({ office, usage, report }, operator),
    wait: (ms) => scheduler.wait(ms),
  };
}
