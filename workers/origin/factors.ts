import { WorkerEntrypoint } from "cloudflare:workers";
import * as verbs from "../../src/domains/authentication/factors/index.ts";
import type { FactorsRpc as FactorsVerbs } from "../../src/domains/authentication/factors/rpc.ts";
import type { AccountParts } from "../../src/domains/authentication/parts.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

type Arguments<Verb extends keyof FactorsVerbs> = Parameters<FactorsVerbs[Verb]>[0];

/** What the portal may ask for somebody about their second factors. */
export class FactorsRpc extends WorkerEntrypoint<Environment> implements FactorsVerbs {
  ways(visitor: Arguments<"ways">) {
    return verbs.ways(this.#parts, visitor);
  }

  overview(visitor: Arguments<"overview">) {
    return verbs.overview(this.#parts, visitor);
  }

  startTotp(visitor: Arguments<"startTotp">) {
    return verbs.startTotp(this.#parts, visitor);
  }

  confirmTotp(request: Arguments<"confirmTotp">) {
    return verbs.confirmTotp(this.#parts, request);
  }

  removeTotp(visitor: Arguments<"removeTotp">) {
    return verbs.removeTotp(this.#parts, visitor);
  }

  newRecoveryCodes(visitor: Arguments<"newRecoveryCodes">) {
    return verbs.newRecoveryCodes(this.#parts, visitor);
  }

  secondFactor(showing: Arguments<"secondFactor">) {
    return verbs.secondFactor(this.#parts, showing);
  }

  prove(showing: Arguments<"prove">) {
    return verbs.prove(this.#parts, showing);
  }

  get #parts(): AccountParts {
    return originOf(this.env).accounts;
  }
}
