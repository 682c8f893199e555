import { WorkerEntrypoint } from "cloudflare:workers";
import { home } from "../../src/domains/operators/desk/home.ts";
import type { AskedFor, OperatorDeskRpc as OperatorDeskVerbs } from "../../src/domains/operators/desk/rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

/** What the portal may ask for an operator's people. */
export class OperatorDeskRpc extends WorkerEntrypoint<Environment> implements OperatorDeskVerbs {
  home(request: AskedFor) {
    return home(originOf(this.env).staffUsers, request);
  }
}
