import { WorkerEntrypoint } from "cloudflare:workers";
import * as verbs from "../../src/domains/compliance/desk/index.ts";
import type { StaffAuditRpc as StaffAuditVerbs } from "../../src/domains/compliance/desk/rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

type Arguments<Verb extends keyof StaffAuditVerbs> = Parameters<StaffAuditVerbs[Verb]>[0];

/** What the portal may ask for auditors and officers about the audit log. */
export class StaffAuditRpc extends WorkerEntrypoint<Environment> implements StaffAuditVerbs {
  search(request: Arguments<"search">) {
    return verbs.search(this.#parts, request);
  }

  prove(request: Arguments<"prove">) {
    return verbs.prove(this.#parts, request);
  }

  see(request: Arguments<"see">) {
    return verbs.see(this.#parts, request);
  }

  get #parts(): verbs.AuditDeskParts {
    return originOf(this.env).staffAudit;
  }
}
