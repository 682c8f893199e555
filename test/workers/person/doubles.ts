import type { Sms, SmsSender } from "../../../src/adapters/sms/port.ts";
import type { Instant } from "../../../src/kernel/clock.ts";
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
    super(state, { ...env, VAULTS: memoryBucket(state.id.name!, () => state.storage.sync()) });
  }

  protected override readonly sms: SmsSender = {
    send: async (sms) => {
      this.#messages.push(sms);
      if (this.#outcome === "slow") await scheduler.wait(50);
      return this.#outcome === "refused" ? { ok: false, reason: "no credit" } : { ok: true, messageId: "m" };
    },
  };

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
