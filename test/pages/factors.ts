import type { FactorsOverview, Way } from "../../src/domains/authentication/factors/model.ts";
import type { FactorsRpc, Showing, ShowingRefusal } from "../../src/domains/authentication/factors/rpc.ts";
import type { SessionRefusal, Stage } from "../../src/domains/authentication/sessions/model.ts";
import type { Visitor } from "../../src/domains/authentication/sessions/visitor.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { NOW } from "./citizens.ts";

type Refusal = SessionRefusal | ShowingRefusal | { refusal: "totp-not-begun" | "factor-needed" | "no-second-factor" | "signed-in" };

export const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
export const CODES = Array.from({ length: 10 }, (_, at) => `8F3K-Q2ZT-7V0M-XW${String(at).padStart(2, "0")}`);
const ENTERED = { session: "s".repeat(43), device: "d".repeat(43), stage: "full" } as const;

/** Origin's verbs on one person's second factors, and a record of what they were asked. */
export class Factors implements FactorsRpc {
  readonly calls: { verb: keyof FactorsRpc; request: Visitor | Showing | { visitor: Visitor; code: string } }[] = [];
  /** What a verb answers instead, for as long as it is here. */
  readonly refusals: { [Verb in keyof FactorsRpc]?: Refusal } = {};
  stage: Stage = "full";
  possible: Way[] = ["totp", "recovery-code"];
  held: FactorsOverview = { stage: "full", demanded: false, password: NOW - 30 * DAY, totp: NOW - DAY, passkeys: 0, recoveryCodes: 8 };

  ways(visitor: Visitor) {
    return this.#heard("ways", visitor, { stage: this.stage, ways: this.possible });
  }

  overview(visitor: Visitor) {
    return this.#heard("overview", visitor, { overview: this.held });
  }

  startTotp(visitor: Visitor) {
    return this.#heard("startTotp", visitor, { setup: { secret: SECRET, uri: `otpauth://totp/NSER:%2B254%207**%20***%20678?issuer=NSER&secret=${SECRET}&algorithm=SHA1&digits=6&period=30` } });
  }

  confirmTotp(request: { visitor: Visitor; code: string }) {
    return this.#heard("confirmTotp", request, { codes: CODES, entered: ENTERED });
  }

  removeTotp(visitor: Visitor) {
    return this.#heard("removeTotp", visitor, {});
  }

  newRecoveryCodes(visitor: Visitor) {
    return this.#heard("newRecoveryCodes", visitor, { codes: CODES });
  }

  secondFactor(showing: Showing) {
    return this.#heard("secondFactor", showing, { entered: ENTERED });
  }

  prove(showing: Showing) {
    return this.#heard("prove", showing, {});
  }

  asked(verb: keyof FactorsRpc): any[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }

  async #heard(verb: keyof FactorsRpc, request: Factors["calls"][number]["request"], answer: object): Promise<any> {
    this.calls.push({ verb, request });
    const refusal = this.refusals[verb];
    return refusal ? { ok: false, ...refusal } : { ok: true, ...answer };
  }
}
