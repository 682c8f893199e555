import { WorkerEntrypoint } from "cloudflare:workers";
import * as verbs from "../../src/domains/authentication/oauth/authorize.ts";
import type { OAuthRpc as OAuthVerbs } from "../../src/domains/authentication/oauth/rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

type Arguments<Verb extends keyof OAuthVerbs> = Parameters<OAuthVerbs[Verb]>[0];

/** What the portal may ask for somebody whom a third party's program sent. */
export class OAuthRpc extends WorkerEntrypoint<Environment> implements OAuthVerbs {
  authorize(request: Arguments<"authorize">) {
    return verbs.authorize(originOf(this.env).oauth, request);
  }

  decide(request: Arguments<"decide">) {
    return verbs.decide(originOf(this.env).oauth, request);
  }
}
