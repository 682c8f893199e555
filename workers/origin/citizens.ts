import { WorkerEntrypoint } from "cloudflare:workers";
import * as verbs from "../../src/domains/exclusions/citizen/index.ts";
import type { CitizenRpc as CitizenVerbs } from "../../src/domains/exclusions/citizen-rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

type Arguments<Verb extends keyof CitizenVerbs> = Parameters<CitizenVerbs[Verb]>[0];

/** What the portal may ask for a citizen. */
export class CitizenRpc extends WorkerEntrypoint<Environment> implements CitizenVerbs {
  sendCode(request: Arguments<"sendCode">) {
    return verbs.sendCode(this.#parts(), request);
  }

  register(request: Arguments<"register">) {
    return verbs.register(this.#parts(), request);
  }

  enter(request: Arguments<"enter">) {
    return verbs.enter(this.#parts(), request);
  }

  exclusions(grant: string) {
    return verbs.exclusions(this.#parts(), grant);
  }

  stop(request: Arguments<"stop">) {
    return verbs.stop(this.#parts(), request);
  }

  receipt(request: Arguments<"receipt">) {
    return verbs.receipt(this.#parts(), request);
  }

  proof(request: Arguments<"proof">) {
    return verbs.proof(this.#parts(), request);
  }

  logPolicy() {
    return verbs.logPolicy(this.#parts());
  }

  askToEnd(request: Arguments<"askToEnd">) {
    return verbs.askToEnd(this.#parts(), request);
  }

  confirmEnding(request: Arguments<"confirmEnding">) {
    return verbs.confirmEnding(this.#parts(), request);
  }

  keep(request: Arguments<"keep">) {
    return verbs.keep(this.#parts(), request);
  }

  extend(request: Arguments<"extend">) {
    return verbs.extend(this.#parts(), request);
  }

  #parts(): verbs.CitizenParts {
    const { citizens, deliver } = originOf(this.env);
    return { ...citizens, outboxFilled: () => this.ctx.waitUntil(deliver()) };
  }
}
