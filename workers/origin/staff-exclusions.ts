import { WorkerEntrypoint } from "cloudflare:workers";
import type { Visitor } from "../../src/domains/authentication/sessions/model.ts";
import * as verbs from "../../src/domains/exclusions/desk/index.ts";
import type { StaffExclusionsRpc as StaffExclusionsVerbs } from "../../src/domains/exclusions/desk/rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

type Arguments<Verb extends keyof StaffExclusionsVerbs> = Parameters<StaffExclusionsVerbs[Verb]>[0];

/** What the portal may ask for officers about exclusions. */
export class StaffExclusionsRpc extends WorkerEntrypoint<Environment> implements StaffExclusionsVerbs {
  list(request: Arguments<"list">) {
    return verbs.list(this.#parts, request);
  }

  find(request: Arguments<"find">) {
    return verbs.find(this.#parts, request);
  }

  enterSearch(visitor: Visitor) {
    return verbs.enterSearch(this.#parts, visitor);
  }

  search(request: Arguments<"search">) {
    return verbs.search(this.#parts, request);
  }

  look(request: Arguments<"look">) {
    return verbs.look(this.#parts, request);
  }

  get #parts(): verbs.DeskParts {
    return originOf(this.env).staffExclusions;
  }
}
