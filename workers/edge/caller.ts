import type { PresentedKey } from "../../src/check/directory.ts";
import type { Caller } from "../../src/check/gate.ts";

/** The caller of one request, whose address is read only when somebody asks for it. */
export class RequestCaller implements Caller {
  readonly key: PresentedKey;
  chargedTo: string | null = null;
  readonly #headers: Headers;

  constructor(key: PresentedKey, headers: Headers) {
    this.key = key;
    this.#headers = headers;
  }

  /** As the platform says it; a laptop has none. */
  get address(): string | null {
    return this.#headers.get("cf-connecting-ip");
  }
}
