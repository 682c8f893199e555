import { WorkerEntrypoint } from "cloudflare:workers";
import { claimPhone } from "../../src/domains/users/claims/claim.ts";
import type { ClaimRequest, PhoneClaimRpc as PhoneClaimVerbs } from "../../src/domains/users/claims-rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

/** What the portal may ask for somebody whose number was somebody else's before. */
export class PhoneClaimRpc extends WorkerEntrypoint<Environment> implements PhoneClaimVerbs {
  claim(request: ClaimRequest) {
    return claimPhone(originOf(this.env).claims((work) => this.ctx.waitUntil(work)), request);
  }
}
