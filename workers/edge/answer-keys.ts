import { type AnswerJwk, answerJwk } from "../../src/check/signature.ts";
import { utf8 } from "../../src/kernel/bytes.ts";
import { importPublicKey, importSigningKey, parseKeys, parseSigningKey } from "../../src/kernel/ed25519.ts";
import type { Environment } from "./environment.ts";

/** The key that signs answers now. */
export interface Signer {
  keyId: string;
  sign(text: string): Promise<Uint8Array>;
}

const PROBE = utf8("probe");

/** The keys answers are signed with and verified under. Read when they are first needed: most checks ask for no signature. */
export class AnswerKeys {
  readonly #env: Pick<Environment, "ANSWER_KEY" | "ANSWER_PUBLIC_KEYS">;
  #signer: Signer | null = null;

  constructor(env: Pick<Environment, "ANSWER_KEY" | "ANSWER_PUBLIC_KEYS">) {
    this.#env = env;
  }

  /** Every key that is published: the one that signs, those that did and those that will. */
  published(): AnswerJwk[] {
    return [...parseKeys(this.#env.ANSWER_PUBLIC_KEYS, "ANSWER_PUBLIC_KEYS").values()].map(answerJwk);
  }

  /** Throws when the key is not published: nobody could verify what it signs. */
  async signer(): Promise<Signer> {
    return (this.#signer ??= await this.#makeSigner());
  }

  async #makeSigner(): Promise<Signer> {
    const { id, seed } = parseSigningKey(this.#env.ANSWER_KEY, "ANSWER_KEY");
    const publicKey = parseKeys(this.#env.ANSWER_PUBLIC_KEYS, "ANSWER_PUBLIC_KEYS").get(id);
    const key = await importSigningKey(seed);
    const sign = async (bytes: Uint8Array) => new Uint8Array(await crypto.subtle.sign("Ed25519", key, bytes));
    const published = publicKey && (await crypto.subtle.verify("Ed25519", await importPublicKey(publicKey), await sign(PROBE), PROBE));
    if (!published) throw new Error("ANSWER_KEY is not among ANSWER_PUBLIC_KEYS");
    return { keyId: answerJwk(publicKey).kid, sign: (text) => sign(utf8(text)) };
  }
}
