import { WorkerEntrypoint } from "cloudflare:workers";
import * as verbs from "../../src/domains/operators/propagation/desk.ts";
import type { StaffPropagationRpc as StaffPropagationVerbs } from "../../src/domains/operators/propagation/rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

/** What the portal may ask for the regulator's people about how exclusions reach operators. */
export class StaffPropagationRpc extends WorkerEntrypoint<Environment> implements StaffPropagationVerbs {
  overdue(request: Parameters<StaffPropagationVerbs["overdue"]>[0]) {
    return verbs.overdue(this.#parts, request);
  }

  ofExclusion(request: Parameters<StaffPropagationVerbs["ofExclusion"]>[0]) {
    return verbs.ofExclusion(this.#parts, request);
  }

  get #parts(): verbs.PropagationDeskParts {
    return originOf(this.env).staffPropagation;
  }
}
