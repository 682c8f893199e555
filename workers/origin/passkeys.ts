import { WorkerEntrypoint } from "cloudflare:workers";
import * as verbs from "../../src/domains/authentication/passkeys/index.ts";
import type { PasskeysRpc as PasskeyVerbs } from "../../src/domains/authentication/passkeys/rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

type Arguments<Verb extends keyof PasskeyVerbs> = Parameters<PasskeyVerbs[Verb]>[0];

/** What the portal may ask about passkeys. */
export class PasskeysRpc extends WorkerEntrypoint<Environment> implements PasskeyVerbs {
  startSignIn(visitor: Arguments<"startSignIn">) {
    return verbs.startSignIn(this.#parts, visitor);
  }

  finishSignIn(request: Arguments<"finishSignIn">) {
    return verbs.finishSignIn(this.#parts, request);
  }

  startRegistration(visitor: Arguments<"startRegistration">) {
    return verbs.startRegistration(this.#parts, visitor);
  }

  finishRegistration(request: Arguments<"finishRegistration">) {
    return verbs.finishRegistration(this.#parts, request);
  }

  startProof(visitor: Arguments<"startProof">) {
    return verbs.startProof(this.#parts, visitor);
  }

  finishProof(request: Arguments<"finishProof">) {
    return verbs.finishProof(this.#parts, request);
  }

  list(visitor: Arguments<"list">) {
    return verbs.list(this.#parts, visitor);
  }

  rename(request: Arguments<"rename">) {
    return verbs.rename(this.#parts, request);
  }

  remove(request: Arguments<"remove">) {
    return verbs.remove(this.#parts, request);
  }

  get #parts(): verbs.PasskeyParts {
    const { accounts, relyingParty } = originOf(this.env);
    return { ...accounts, relyingParty };
  }
}
