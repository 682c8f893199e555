import type { ClaimField, IdentityClaim, IdentityRegistry, Verdict, Verification } from "../../../src/adapters/identity-registry/port.ts";
import type { Sms, SmsSender } from "../../../src/adapters/sms/port.ts";
import type { CanonicalIdentifier } from "../../../src/bst/kinds.ts";
import type { ConfirmResult } from "../../../src/domains/exclusions/identifiers-rpc.ts";
import type { Instant } from "../../../src/kernel/clock.ts";
import { memoryLog } from "../audit/log.ts";
import { memoryBucket } from "../register/bucket.ts";
import { Person } from "../../../workers/origin/person.ts";

/** Far enough ahead that no alarm goes off by itself. */
export const START: Instant = Date.UTC(2100, 0, 1);

type Outcome = "taken" | "refused" | "slow";

/** Person under the test's clock, with a provider that remembers its messages and does as the test says. */
export class ClockedPerson extends Person {
  #now = START;
  #outcome: Outcome = "taken";
  readonly #messages: Sms[] = [];

  constructor(state: DurableObjectState, env: ConstructorParameters<typeof Person>[1]) {
    super(state, { ...env, VAULTS: memoryBucket(state.id.name!, () => state.storage.sync()), AUDIT_LOG: memoryLog(state.id.name!) });
  }

  protected override readonly sms: SmsSender = {
    send: async (sms) => {
      this.#messages.push(sms);
      if (this.#outcome === "slow") await scheduler.wait(50);
      return this.#outcome === "refused" ? { ok: false, reason: "no credit" } : { ok: true, messageId: "m" };
    },
  };

  #said: Omit<Verification, "at"> = { verdict: "unavailable", reference: null, differing: [] };
  #register: "down" | ConfirmResult = { ok: true, standing: "firm" };
  readonly #claims: IdentityClaim[] = [];
  readonly #confirmed: { document: CanonicalIdentifier; commandId: string }[] = [];
  #meanwhile: () => void = () => {};

  protected override readonly registry: IdentityRegistry = {
    verify: async (claim) => {
      this.#claims.push(claim);
      this.#meanwhile();
      return { ...this.#said, at: this.#now };
    },
  };

  protected override async confirm(document: CanonicalIdentifier, commandId: string): Promise<ConfirmResult> {
    if (this.#register === "down") throw new Error("Register is away");
    this.#confirmed.push({ document, commandId });
    return this.#register;
  }

  /** What the registry says from now on. */
  setRegistry(verdict: Verdict, differing: ClaimField[] = []): void {
    this.#said = { verdict, reference: verdict === "unavailable" ? null : "REQ-1", differing };
  }

  setRegister(answer: "down" | ConfirmResult): void {
    this.#register = answer;
  }

  /** What is done while the registry is asked. */
  setMeanwhile(act: () => void): void {
    this.#meanwhile = act;
  }

  claims(): IdentityClaim[] {
    return this.#claims;
  }

  confirmed(): { document: CanonicalIdentifier; commandId: string }[] {
    return this.#confirmed;
  }

  protected override now(): Instant {
    return this.#now;
  }

  setNow(now: Instant): void {
    this.#now = now;
  }

  setProvider(outcome: Outcome): void {
    this.#outcome = outcome;
  }

  messages(): Sms[] {
    return this.#messages;
  }
}
