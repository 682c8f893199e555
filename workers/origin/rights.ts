import { WorkerEntrypoint } from "cloudflare:workers";
import * as verbs from "../../src/domains/users/rights/citizen.ts";
import type { CitizenRightsParts } from "../../src/domains/users/rights/parts.ts";
import type { RightsQuestion, RightsRpc as RightsVerbs } from "../../src/domains/users/rights-rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

/** What the portal may ask for a person about their own data. */
export class RightsRpc extends WorkerEntrypoint<Environment> implements RightsVerbs {
  requests(grant: string) {
    return verbs.requests(this.#parts(), grant);
  }

  ask(request: RightsQuestion) {
    return verbs.ask(this.#parts(), request);
  }

  #parts(): CitizenRightsParts {
    const { citizens, rights } = originOf(this.env);
    return { ...rights((work) => this.ctx.waitUntil(work)), grants: citizens.grants };
  }
}
