import { WorkerEntrypoint } from "cloudflare:workers";
import type { CitizenVaultRpc as CitizenVaultVerbs } from "../../src/domains/users/citizen-rpc.ts";
import * as verbs from "../../src/domains/users/vault/citizen.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

type Arguments<Verb extends keyof CitizenVaultVerbs> = Parameters<CitizenVaultVerbs[Verb]>[0];

/** What the portal may ask for a citizen of their own vault. */
export class CitizenVaultRpc extends WorkerEntrypoint<Environment> implements CitizenVaultVerbs {
  overview(grant: string) {
    return verbs.overview(this.#parts, grant);
  }

  inbox(grant: string) {
    return verbs.inbox(this.#parts, grant);
  }

  markRead(request: Arguments<"markRead">) {
    return verbs.markRead(this.#parts, request);
  }

  accessList(grant: string) {
    return verbs.accessList(this.#parts, grant);
  }

  heldTokens(grant: string) {
    return verbs.heldTokens(this.#parts, grant);
  }

  watchTokens(request: Arguments<"watchTokens">) {
    return verbs.watchTokens(this.#parts, request);
  }

  activity(grant: string) {
    return verbs.activity(this.#parts, grant);
  }

  changeDetails(request: Arguments<"changeDetails">) {
    return verbs.changeDetails(this.#parts, request);
  }

  changeContact(request: Arguments<"changeContact">) {
    return verbs.changeContact(this.#parts, request);
  }

  leave(grant: string) {
    return verbs.leave(this.#parts, grant);
  }

  get #parts(): verbs.CitizenVaultParts {
    return originOf(this.env).vaults;
  }
}
