import type { ConformanceDeskRpc, ResultSeen, RunRefusal, RunSeen } from "../../src/domains/operators/conformance/rpc.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { NOW } from "./citizens.ts";

export const RUN: RunSeen = {
  id: "01900000-0000-7000-8000-000000000001", address: "https://adapter.acme.co.ke/<conformance>", state: "passed", kit: "1.0.0", begunAt: NOW - MINUTE, endedAt: NOW, testChecks: 40,
};

type Call = { verb: keyof ConformanceDeskRpc; request: unknown };

/** Origin's verbs on one run of the conformance kit, in memory, and a record of what they were asked. */
export class ConformanceDesk implements ConformanceDeskRpc {
  readonly calls: Call[] = [];
  /** The next call answers this instead. */
  refusal: RunRefusal | null = null;
  seen = { runs: [RUN], may: { run: true }, run: RUN, results: [{ scenario: "clear/bet", came: "may play", passed: true }] as ResultSeen[], certificate: "a note\n" as string | null };

  async #heard(verb: Call["verb"], request: unknown, answer: object): Promise<any> {
    this.calls.push({ verb, request });
    const { refusal } = this;
    this.refusal = null;
    return refusal ? { ok: false, ...refusal } : { ok: true, ...answer };
  }

  runs(request: unknown) {
    return this.#heard("runs", request, { runs: this.seen.runs, may: this.seen.may });
  }

  run(request: unknown) {
    return this.#heard("run", request, { run: this.seen.run, results: this.seen.results, certificate: this.seen.certificate });
  }

  begin(request: unknown) {
    return this.#heard("begin", request, { runId: RUN.id });
  }

  asked(verb: Call["verb"]): any[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }
}
