import { HOUR, type Clock, type Instant } from "../../../kernel/clock.ts";
import type { WhoApi } from "../../exclusions/who-rpc.ts";
import type { KeyHolder } from "../../operators/rpc.ts";
import type { Door, IssueGuard } from "../guard-rpc.ts";
import type { RegisterTokensApi } from "../register-rpc.ts";
import { type QuotaTerms, quotaOf } from "./quota.ts";
import { guardProblem } from "./refusals.ts";
import type { TokenGuardApi } from "./rpc.ts";
import { expectedShareOf } from "./rules.ts";

export interface GuardParts {
  usage: (operator: string) => Pick<TokenGuardApi, "admitTokens" | "metTokens">;
  register: RegisterTokensApi & Pick<WhoApi, "noteIssued">;
  quotas: Record<Door, QuotaTerms>;
  clock: Clock;
}

/** How long what share is excluded is taken to stay as it is. */
const SHARE_KEPT = HOUR;

/** The guard of every door. Whatever it asks and gets no answer of, it throws: then no token is made. */
export class Guard implements IssueGuard {
  readonly #parts: GuardParts;
  #share: { value: number; at: Instant } | null = null;

  constructor(parts: GuardParts) {
    this.#parts = parts;
  }

  async admit({ key, operator: { id: operator, state, licensedUntil = null }, declaredCustomers, mayTakeNewCustomers }: KeyHolder, ask: Parameters<IssueGuard["admit"]>[1]) {
    if (!mayTakeNewCustomers) return { ok: false as const, refusal: "licence-lapsed" as const, isSuspended: state === "suspended", until: licensedUntil };
    const quota = quotaOf(this.#parts.quotas[ask.door], declaredCustomers);
    return this.#parts.usage(operator).admitTokens({ ...ask, operator, keyId: key.id, quota });
  }

  /** Throws a problem `quarantined` when one of them is nobody's. */
  async met({ key, operator: { id: operator } }: KeyHolder, { door, known }: Parameters<IssueGuard["met"]>[1]) {
    const { register, usage } = this.#parts;
    const [{ excluded }, canaries, expectedShare] = await Promise.all([
      register.noteIssued({ operator, identifiers: known.map(({ kind, p }) => ({ kind, p })) }),
      register.canariesAmong(known.map(({ p }) => p)),
      this.#expectedShare(),
    ]);
    const answer = await usage(operator).metTokens({ operator, keyId: key.id, door, count: known.length, excluded, expectedShare, canaries });
    if (!answer.ok) throw guardProblem(answer, this.#parts.clock());
  }

  async #expectedShare(): Promise<number> {
    const now = this.#parts.clock();
    if (!this.#share || now - this.#share.at > SHARE_KEPT) this.#share = { value: expectedShareOf(await this.#parts.register.excludedCount()), at: now };
    return this.#share.value;
  }
}
