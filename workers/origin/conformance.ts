import { WorkerEntrypoint } from "cloudflare:workers";
import * as verbs from "../../src/domains/operators/conformance/desk.ts";
import type { ConformanceDeskRpc as ConformanceDeskVerbs } from "../../src/domains/operators/conformance/rpc.ts";
import type { Environment } from "./environment.ts";
import { type Origin, originOf } from "./wiring.ts";

type Arguments<Verb extends keyof ConformanceDeskVerbs> = Parameters<ConformanceDeskVerbs[Verb]>[0];

/** What the portal may ask about runs of the conformance kit, for an operator's people. */
export class ConformanceDeskRpc extends WorkerEntrypoint<Environment> implements ConformanceDeskVerbs {
  runs(request: Arguments<"runs">) {
    return verbs.runs(this.#parts, request);
  }

  run(request: Arguments<"run">) {
    return verbs.run(this.#parts, request);
  }

  begin(request: Arguments<"begin">) {
    return verbs.begin(this.#parts, request);
  }

  get #parts(): Origin["conformanceDesk"] {
    return originOf(this.env).conformanceDesk;
  }
}
