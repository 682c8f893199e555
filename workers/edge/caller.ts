import type { PresentedKey } from "../../src/check/directory.ts";
import type { Caller } from "../../src/check/gate.ts";
import type { Scope } from "../../src/check/terms.ts";

/** The caller of one request, whose address is read only when somebody asks for it. */
export class RequestCaller implements Caller {
  readonly key: PresentedKey;
  readonly scope: Scope;
  readonly checks: number;
  chargedTo: string | null = null;
  readonly #headers: Headers;

  constructor(key: PresentedKey, headers: Headers, scope: Scope, checks: number) {
    this.key = key;
    this.scope = scope;
    this.checks = checks;
    this.#headers = headers;
  }

  /** As the platform says it; a laptop has none. */
  get address(): string | null {
    return this.#headers.get("cf-connecting-ip");
  }
}
