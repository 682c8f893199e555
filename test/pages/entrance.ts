import type { SignedIn, SignInRefusal, SignInRpc, SignUpRefusal } from "../../src/domains/authentication/sign-in/rpc.ts";
import { RIGHT_CODE } from "./citizens.ts";

type Call = { verb: keyof SignInRpc; request: any };

export const PASSWORD = "three brown cows";
/** As the cookies of whoever came in hold them. */
export const ENTERED = { session: "s".repeat(43), device: "d".repeat(43), stage: "full" } as const;

/** Origin's verbs of coming and going, in memory, and a record of what they were asked. */
export class Entrance implements SignInRpc {
  readonly calls: Call[] = [];
  /** The next call answers this instead. */
  refusal: SignInRefusal | SignUpRefusal | null = null;
  /** Every call throws, as when the office's database is away. */
  gone = false;
  entered: { session: string; device: string; stage: SignedIn["stage"] } = ENTERED;
  /** Who holds the session. */
  known: SignedIn | null = { stage: "full", roles: [{ role: "citizen", operator: null }], phone: "+254 7•• ••• 678" };

  #heard<Answer>(verb: Call["verb"], request: unknown, answer: () => Answer): Answer {
    this.calls.push({ verb, request });
    if (this.gone) throw new Error("the office is gone");
    const { refusal } = this;
    this.refusal = null;
    return refusal ? ({ ok: false, ...refusal } as Answer) : answer();
  }

  async sendCode(request: Parameters<SignInRpc["sendCode"]>[0]): ReturnType<SignInRpc["sendCode"]> {
    return this.#heard("sendCode", request, () => ({ ok: true as const, phone: "+254712345678" }));
  }

  async signUp(request: Parameters<SignInRpc["signUp"]>[0]): ReturnType<SignInRpc["signUp"]> {
    const wrong = { ok: false, refusal: "code-wrong", field: "code", triesLeft: 2 } as const;
    return this.#heard("signUp", request, () => (request.code === RIGHT_CODE ? { ok: true as const, entered: this.entered } : wrong));
  }

  async signIn(request: Parameters<SignInRpc["signIn"]>[0]): ReturnType<SignInRpc["signIn"]> {
    const failed = { ok: false, refusal: "sign-in-failed", field: null } as const;
    return this.#heard("signIn", request, () => (request.password === PASSWORD ? { ok: true as const, entered: this.entered } : failed));
  }

  async signOut(visitor: Parameters<SignInRpc["signOut"]>[0]): Promise<void> {
    this.#heard("signOut", visitor, () => undefined);
  }

  async whoAmI(visitor: Parameters<SignInRpc["whoAmI"]>[0]): Promise<SignedIn | null> {
    return this.#heard("whoAmI", visitor, () => this.known);
  }

  asked(verb: Call["verb"]): any[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }
}
