import { WorkerEntrypoint } from "cloudflare:workers";
import type { AccountParts } from "../../src/domains/authentication/parts.ts";
import * as verbs from "../../src/domains/authentication/passwords/index.ts";
import type { PasswordsRpc as PasswordVerbs } from "../../src/domains/authentication/passwords/rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

type Arguments<Verb extends keyof PasswordVerbs> = Parameters<PasswordVerbs[Verb]>[0];

/** What the portal may ask about passwords and the phone they go with. */
export class PasswordsRpc extends WorkerEntrypoint<Environment> implements PasswordVerbs {
  startReset(request: Arguments<"startReset">) {
    return verbs.startReset(this.#parts, request);
  }

  finishReset(proof: Arguments<"finishReset">) {
    return verbs.finishReset(this.#parts, proof);
  }

  setPassword(request: Arguments<"setPassword">) {
    return verbs.setPassword(this.#parts, request);
  }

  startActivation(request: Arguments<"startActivation">) {
    return verbs.startActivation(this.#parts, request);
  }

  activate(request: Arguments<"activate">) {
    return verbs.activate(this.#parts, request);
  }

  ownPhone(visitor: Arguments<"ownPhone">) {
    return verbs.ownPhone(this.#parts, visitor);
  }

  changePassword(request: Arguments<"changePassword">) {
    return verbs.changePassword(this.#parts, request);
  }

  startPhoneChange(request: Arguments<"startPhoneChange">) {
    return verbs.startPhoneChange(this.#parts, request);
  }

  changePhone(proof: Arguments<"changePhone">) {
    return verbs.changePhone(this.#parts, proof);
  }

  get #parts(): AccountParts {
    return originOf(this.env).accounts;
  }
}
