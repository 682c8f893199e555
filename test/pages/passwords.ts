import type { PasswordsRefusal, PasswordsRpc } from "../../src/domains/authentication/passwords/rpc.ts";
import { RIGHT_CODE } from "./citizens.ts";

type Verb = keyof PasswordsRpc;

/** What makes a link stand, and an activation. */
export const LINK = "L".repeat(43);
const PHONE_NOW = "+254 7•• ••• 678";

/** Origin's verbs on passwords and phones, and a record of what they were asked. */
export class Passwords implements PasswordsRpc {
  readonly calls: { verb: Verb; request: any }[] = [];
  /** The next call answers this instead. */
  refusal: PasswordsRefusal | null = null;

  async #heard<Answer>(verb: Verb, request: any, answer: () => Answer) {
    this.calls.push({ verb, request });
    const { refusal } = this;
    this.refusal = null;
    if (refusal) return { ok: false as const, ...refusal } as never;
    if ("code" in request && request.code !== RIGHT_CODE) return { ok: false as const, refusal: "code-wrong", triesLeft: 2, field: "code" } as never;
    if ("link" in request && request.link !== LINK) return { ok: false as const, refusal: "link-over", field: "link" } as never;
    return answer();
  }

  asked = (verb: Verb): any[] => this.calls.filter((call) => call.verb === verb).map(({ request }) => request);

  #sent = (verb: Verb, request: { phone: string }) => this.#heard(verb, request, () => ({ ok: true as const, phone: request.phone.replace(/^0/, "+254") }));
  #done = (verb: Verb, request: object) => this.#heard(verb, request, () => ({ ok: true as const }));

  startReset = (request: any) => this.#sent("startReset", request);
  finishReset = (request: any) => this.#heard("finishReset", request, () => ({ ok: true as const, link: LINK }));
  setPassword = (request: any) => this.#done("setPassword", request);
  startActivation = (request: any) => this.#sent("startActivation", request);
  activate = (request: any) => this.#done("activate", request);
  ownPhone = (request: any) => this.#heard("ownPhone", request, () => ({ ok: true as const, phone: PHONE_NOW }));
  changePassword = (request: any) => this.#done("changePassword", request);
  startPhoneChange = (request: any) => this.#sent("startPhoneChange", request);
  changePhone = (request: any) => this.#done("changePhone", request);
}
