import type { Ceremony, CreationOptions, Passkey, RequestOptions } from "../../src/domains/authentication/passkeys/model.ts";
import type { PasskeysRpc } from "../../src/domains/authentication/passkeys/rpc.ts";
import { creationOptions, relyingPartyAt, requestOptions } from "../../src/domains/authentication/passkeys/rules.ts";
import { NOW } from "./citizens.ts";

type Verb = keyof PasskeysRpc;
type Answer<V extends Verb> = Awaited<ReturnType<PasskeysRpc[V]>>;
type Refusal = Extract<Answer<Verb>, { ok: false }>["refusal"];

export const CEREMONY_ID = "01890a5d-ac96-774b-bcce-b302099a8058";
export const PASSKEY_ID = "01890a5d-ac96-774b-bcce-b302099a8059";
const RP = relyingPartyAt("https://register.test");
const ENTERED = { session: "s".repeat(43), device: "d".repeat(43), stage: "full" } as const;

/** Origin's verbs on one account's passkeys, in memory, and a record of what they were asked. */
export class PasskeyVerbs implements PasskeysRpc {
  readonly calls: { verb: Verb; request: unknown }[] = [];
  /** What a verb answers instead, by its name. */
  readonly refusals = new Map<Verb, Refusal>();
  /** Whether what is finished leads on to a new session. */
  isOnTheWay = false;
  passkeys: Passkey[] = [{ id: PASSKEY_ID, label: "Firefox on Android", createdAt: NOW, usedAt: null }];

  asked(verb: Verb): unknown[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }

  startSignIn(visitor: unknown) {
    return this.#heard("startSignIn", visitor, { ceremony: this.#request() });
  }

  finishSignIn(request: unknown) {
    return this.#heard("finishSignIn", request, { entered: ENTERED });
  }

  startRegistration(visitor: unknown) {
    const options = creationOptions(RP, "challenge", { userId: "u", name: "+254 7•• ••• 678" }, [{ credentialId: "known", transports: `["internal"]` }]);
    return this.#heard("startRegistration", visitor, { ceremony: { ceremonyId: CEREMONY_ID, options } satisfies Ceremony<CreationOptions> });
  }

  finishRegistration(request: unknown) {
    return this.#heard("finishRegistration", request, { entered: this.isOnTheWay ? ENTERED : null });
  }

  startProof(visitor: unknown) {
    return this.#heard("startProof", visitor, { ceremony: this.#request() });
  }

  finishProof(request: unknown) {
    return this.#heard("finishProof", request, { entered: this.isOnTheWay ? ENTERED : null });
  }

  list(visitor: unknown) {
    return this.#heard("list", visitor, { passkeys: this.passkeys });
  }

  rename(request: unknown) {
    return this.#heard("rename", request, {});
  }

  remove(request: unknown) {
    return this.#heard("remove", request, {});
  }

  #request(): Ceremony<RequestOptions> {
    return { ceremonyId: CEREMONY_ID, options: requestOptions(RP, "challenge", []) };
  }

  async #heard<V extends Verb, T extends object>(verb: V, request: unknown, answer: T): Promise<Answer<V>> {
    this.calls.push({ verb, request });
    const refusal = this.refusals.get(verb);
    return (refusal ? { ok: false, refusal } : { ok: true, ...answer }) as Answer<V>;
  }
}
