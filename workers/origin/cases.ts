import { WorkerEntrypoint } from "cloudflare:workers";
import type { CasesRpc as CasesVerbs } from "../../src/domains/exclusions/cases/cases-rpc.ts";
import * as verbs from "../../src/domains/exclusions/cases/citizen.ts";
import * as desk from "../../src/domains/exclusions/cases/desk.ts";
import * as said from "../../src/domains/exclusions/cases/said.ts";
import type { CitizenCaseParts, StaffCaseParts } from "../../src/domains/exclusions/cases/parts.ts";
import type { StaffCasesRpc as StaffVerbs } from "../../src/domains/exclusions/cases/staff-cases-rpc.ts";
import type { Environment } from "./environment.ts";
import { originOf } from "./wiring.ts";

type Asked<Verb extends keyof CasesVerbs> = Parameters<CasesVerbs[Verb]>[0];
type AskedByStaff<Verb extends keyof StaffVerbs> = Parameters<StaffVerbs[Verb]>[0];

/** What the portal may ask for a person in cases. */
export class CasesRpc extends WorkerEntrypoint<Environment> implements CasesVerbs {
  file(request: Asked<"file">) {
    return verbs.file(this.#parts(), request);
  }

  mine(grant: string) {
    return verbs.mine(this.#parts(), grant);
  }

  answer(request: Asked<"answer">) {
    return said.answer(this.#parts(), request);
  }

  appeal(request: Asked<"appeal">) {
    return said.appeal(this.#parts(), request);
  }

  object(request: Asked<"object">) {
    return said.object(this.#parts(), request);
  }

  withdraw(request: Asked<"withdraw">) {
    return verbs.withdraw(this.#parts(), request);
  }

  addEvidence(request: Asked<"addEvidence">) {
    return verbs.addEvidence(this.#parts(), request);
  }

  operators() {
    return verbs.operators(this.#parts());
  }

  #parts(): CitizenCaseParts {
    const { cases, citizens } = originOf(this.env);
    return { ...cases((work) => this.ctx.waitUntil(work)), grants: citizens.grants };
  }
}

/** What the portal may ask for the regulator's people about cases. */
export class StaffCasesRpc extends WorkerEntrypoint<Environment> implements StaffVerbs {
  list(request: AskedByStaff<"list">) {
    return desk.list(this.#parts(), request);
  }

  look(request: AskedByStaff<"look">) {
    return desk.look(this.#parts(), request);
  }

  open(request: AskedByStaff<"open">) {
    return desk.open(this.#parts(), request);
  }

  file(request: AskedByStaff<"file">) {
    return desk.file(this.#parts(), request);
  }

  notify(request: AskedByStaff<"notify">) {
    return desk.notify(this.#parts(), request);
  }

  propose(request: AskedByStaff<"propose">) {
    return desk.propose(this.#parts(), request);
  }

  second(request: AskedByStaff<"second">) {
    return desk.second(this.#parts(), request);
  }

  sendBack(request: AskedByStaff<"sendBack">) {
    return desk.sendBack(this.#parts(), request);
  }

  withdraw(request: AskedByStaff<"withdraw">) {
    return desk.withdraw(this.#parts(), request);
  }

  stop(request: AskedByStaff<"stop">) {
    return desk.stop(this.#parts(), request);
  }

  addEvidence(request: AskedByStaff<"addEvidence">) {
    return desk.addEvidence(this.#parts(), request);
  }

  readEvidence(request: AskedByStaff<"readEvidence">) {
    return desk.openEvidence(this.#parts(), request);
  }

  #parts(): StaffCaseParts {
    const { cases, staffUsers } = originOf(this.env);
    return { ...cases((work) => this.ctx.waitUntil(work)), admits: staffUsers.admits };
  }
}
