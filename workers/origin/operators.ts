import { WorkerEntrypoint } from "cloudflare:workers";
import { subscriberOf } from "../../src/check/networks.ts";
import { applyByForm } from "../../src/domains/operators/applications/form.ts";
import type { OperatorApplicationRpc as ApplicationVerbs } from "../../src/domains/operators/applications/rpc.ts";
import * as desk from "../../src/domains/operators/regulator/desk.ts";
import type { StaffOperatorsRpc as StaffVerbs } from "../../src/domains/operators/regulator/rpc.ts";
import type { Visitor } from "../../src/domains/authentication/sessions/model.ts";
import * as invitations from "../../src/domains/users/invitations/own.ts";
import type { InvitationsRpc as InvitationVerbs } from "../../src/domains/users/invitations/rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

/** What the portal may ask for a company that wants to become an operator. */
export class OperatorApplicationRpc extends WorkerEntrypoint<Environment> implements ApplicationVerbs {
  apply(request: Parameters<ApplicationVerbs["apply"]>[0]) {
    const { licensing, admitsFrom } = originOf(this.env);
    const admits = (address: string) => admitsFrom(subscriberOf(address) ?? "unknown");
    return applyByForm({ ...licensing.applications((work) => this.ctx.waitUntil(work)), admits }, request);
  }
}

/** What the portal may ask for whoever was invited. */
export class InvitationsRpc extends WorkerEntrypoint<Environment> implements InvitationVerbs {
  mine(visitor: Visitor) {
    return invitations.mine(this.#parts(), visitor);
  }

  accept(request: Parameters<InvitationVerbs["accept"]>[0]) {
    return invitations.accept(this.#parts(), request);
  }

  #parts() {
    return originOf(this.env).licensing.invitations((work) => this.ctx.waitUntil(work));
  }
}

type Asked<Verb extends keyof StaffVerbs> = Parameters<StaffVerbs[Verb]>[0];

/** What the portal may ask for the regulator's people about operators. */
export class StaffOperatorsRpc extends WorkerEntrypoint<Environment> implements StaffVerbs {
  waiting(visitor: Visitor) {
    return desk.waiting(this.#parts(), visitor);
  }

  look(request: Asked<"look">) {
    return desk.look(this.#parts(), request);
  }

  step(request: Asked<"step">) {
    return desk.step(this.#parts(), request);
  }

  contact(request: Asked<"contact">) {
    return desk.contact(this.#parts(), request);
  }

  licence(request: Asked<"licence">) {
    return desk.licence(this.#parts(), request);
  }

  act(request: Asked<"act">) {
    return desk.act(this.#parts(), request);
  }

  #parts(): desk.StaffOperatorsParts {
    const { licensing, staffUsers } = originOf(this.env);
    return { ...licensing.applications((work) => this.ctx.waitUntil(work)), admits: staffUsers.admits };
  }
}
