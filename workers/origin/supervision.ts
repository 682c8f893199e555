import { WorkerEntrypoint } from "cloudflare:workers";
import * as verbs from "../../src/domains/compliance/supervision/index.ts";
import type { SupervisionRpc as SupervisionVerbs } from "../../src/domains/compliance/supervision/rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

type Arguments<Verb extends keyof SupervisionVerbs> = Parameters<SupervisionVerbs[Verb]>[0];

/** What the portal may ask about compliance, for officers and for operators' people. */
export class SupervisionRpc extends WorkerEntrypoint<Environment> implements SupervisionVerbs {
  overview(request: Arguments<"overview">) {
    return verbs.overview(this.#parts, request);
  }

  look(request: Arguments<"look">) {
    return verbs.look(this.#parts, request);
  }

  open(request: Arguments<"open">) {
    return verbs.open(this.#parts, request);
  }

  step(request: Arguments<"step">) {
    return verbs.step(this.#parts, request);
  }

  own(request: Arguments<"own">) {
    return verbs.own(this.#parts, request);
  }

  answer(request: Arguments<"answer">) {
    return verbs.answer(this.#parts, request);
  }

  get #parts(): verbs.SupervisionParts {
    return originOf(this.env).supervision((work) => this.ctx.waitUntil(work));
  }
}
