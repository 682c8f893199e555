import { WorkerEntrypoint } from "cloudflare:workers";
import * as verbs from "../../src/domains/authentication/sessions/index.ts";
import type { SessionsRpc as SessionsVerbs } from "../../src/domains/authentication/sessions/rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

type Arguments<Verb extends keyof SessionsVerbs> = Parameters<SessionsVerbs[Verb]>[0];

/** What the portal may ask for somebody who is signed in. */
export class SessionsRpc extends WorkerEntrypoint<Environment> implements SessionsVerbs {
  account(visitor: Arguments<"account">) {
    return verbs.account(this.#parts, visitor);
  }

  list(visitor: Arguments<"list">) {
    return verbs.list(this.#parts, visitor);
  }

  end(request: Arguments<"end">) {
    return verbs.end(this.#parts, request);
  }

  endOthers(visitor: Arguments<"endOthers">) {
    return verbs.endOthers(this.#parts, visitor);
  }

  endAll(visitor: Arguments<"endAll">) {
    return verbs.endAll(this.#parts, visitor);
  }

  devices(visitor: Arguments<"devices">) {
    return verbs.devices(this.#parts, visitor);
  }

  trust(request: Arguments<"trust">) {
    return verbs.trust(this.#parts, request);
  }

  distrust(request: Arguments<"distrust">) {
    return verbs.distrust(this.#parts, request);
  }

  block(request: Arguments<"block">) {
    return verbs.block(this.#parts, request);
  }

  unblock(request: Arguments<"unblock">) {
    return verbs.unblock(this.#parts, request);
  }

  forget(request: Arguments<"forget">) {
    return verbs.forget(this.#parts, request);
  }

  history(request: Arguments<"history">) {
    return verbs.history(this.#parts, request);
  }

  activity(request: Arguments<"activity">) {
    return verbs.activity(this.#parts, request);
  }

  grant(visitor: Arguments<"grant">) {
    return verbs.grant(this.#parts, visitor);
  }

  phoneProven(request: Arguments<"phoneProven">) {
    return verbs.phoneProven(this.#parts, request);
  }

  get #parts(): verbs.GrantParts {
    return originOf(this.env).grants;
  }
}
