import { WorkerEntrypoint } from "cloudflare:workers";
import { showProfile } from "../../src/domains/users/identities/show.ts";
import * as verbs from "../../src/domains/users/people/desk.ts";
import type { Visitor } from "../../src/domains/authentication/sessions/model.ts";
import type { StaffUsersRpc as StaffUsersVerbs } from "../../src/domains/users/people/rpc.ts";
import type { Environment } from "./environment.ts";
import { type Origin, originOf } from "./wiring.ts";

type Arguments<Verb extends keyof StaffUsersVerbs> = Parameters<StaffUsersVerbs[Verb]>[0];

/** What the portal may ask for the regulator's people about accounts. */
export class StaffUsersRpc extends WorkerEntrypoint<Environment> implements StaffUsersVerbs {
  rooms(visitor: Visitor) {
    return verbs.rooms(this.#parts, visitor);
  }

  enter(visitor: Visitor) {
    return verbs.enterDesk(this.#parts, visitor);
  }

  search(request: Arguments<"search">) {
    return verbs.search(this.#parts, request);
  }

  look(request: Arguments<"look">) {
    return verbs.look(this.#parts, request);
  }

  lock(request: Arguments<"lock">) {
    return verbs.lock(this.#parts, request);
  }

  unlock(request: Arguments<"unlock">) {
    return verbs.unlock(this.#parts, request);
  }

  verify(request: Arguments<"verify">) {
    return verbs.verify(this.#parts, request);
  }

  revoke(request: Arguments<"revoke">) {
    return verbs.revoke(this.#parts, request);
  }

  show(request: Arguments<"show">) {
    return showProfile(this.#parts, request);
  }

  get #parts(): Origin["staffUsers"] {
    return originOf(this.env).staffUsers;
  }
}
