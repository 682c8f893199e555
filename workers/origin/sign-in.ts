import { WorkerEntrypoint } from "cloudflare:workers";
import type { AccountParts } from "../../src/domains/authentication/parts.ts";
import * as verbs from "../../src/domains/authentication/sign-in/index.ts";
import type { SignInRpc as SignInVerbs } from "../../src/domains/authentication/sign-in/rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

type Arguments<Verb extends keyof SignInVerbs> = Parameters<SignInVerbs[Verb]>[0];

/** What the portal may ask for whoever comes and goes. */
export class SignInRpc extends WorkerEntrypoint<Environment> implements SignInVerbs {
  sendCode(request: Arguments<"sendCode">) {
    return verbs.sendCode(this.#parts, request);
  }

  signUp(request: Arguments<"signUp">) {
    return verbs.signUp(this.#parts, request);
  }

  signIn(request: Arguments<"signIn">) {
    return verbs.signIn(this.#parts, request);
  }

  signOut(visitor: Arguments<"signOut">) {
    return verbs.signOut(this.#parts, visitor);
  }

  whoAmI(visitor: Arguments<"whoAmI">) {
    return verbs.whoAmI(this.#parts, visitor);
  }

  get #parts(): AccountParts {
    return originOf(this.env).accounts;
  }
}
