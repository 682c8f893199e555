import { type Instant, SECOND } from "../kernel/clock.ts";
import type { Directory, Holder, KeyRow, PresentedKey } from "./directory.ts";
import { isWithin } from "./networks.ts";
import type { Permits } from "./permits.ts";
import type { Refusal } from "./refusal.ts";
import type { Scope } from "./terms.ts";

/** Whoever makes one request. */
export interface Caller {
  readonly key: PresentedKey;
  /** Where the request came from; null when the platform does not say. Read only for keys that are bound to networks. */
  readonly address: string | null;
  readonly scope: Scope;
  /** How many checks the request pays for. */
  readonly checks: number;
  /** The id of the key that paid, once it did: a request pays once, however often it is looked at. */
  chargedTo: string | null;
}

const UNAUTHENTICATED: Refusal = { ok: false, problem: "unauthenticated" };

const forbidden = ({ publicId }: KeyRow, why: string): Refusal => ({ ok: false, problem: "forbidden", detail: `The key ${publicId} ${why}.` });

/** Why a key in force may not be used for this, or not from there; null when it may. */
export function misuse({ key, networks }: Pick<Holder, "key" | "networks">, scope: Scope, caller: Pick<Caller, "address">): Refusal | null {
  if (!key.scopes.includes(scope)) return forbidden(key, `is not for ${scope}: it lacks the scope "${scope}"`);
  return networks.length === 0 || isWithin(networks, caller.address) ? null : forbidden(key, "may not be used from this network address");
}

/** Lets callers in, before anything is said about a token: by their key, its terms and its pace. */
export class Gate {
  readonly #permits: Permits;

  constructor(permits: Permits) {
    this.#permits = permits;
  }

  /** The caller's key, having paid for its checks; or what keeps the caller out. */
  admit(caller: Caller, directory: Directory, now: Instant): Holder | Refusal {
    const holder = directory.holder(caller.key, now);
    if (!holder) return UNAUTHENTICATED;
    const refused = misuse(holder, caller.scope, caller) ?? (caller.chargedTo === null ? this.#charge(holder, caller.checks, now) : null);
    if (refused) return refused;
    caller.chargedTo = holder.key.id;
    return holder;
  }

  #charge({ key, allowance }: Holder, checks: number, now: Instant): Refusal | null {
    const rest = allowance !== null && now < allowance.until && allowance.perSecond < key.perSecond ? allowance : null;
    const wait = rest?.perSecond === 0 ? rest.until - now : this.#permits.spend(key.id, (rest ?? key).perSecond, checks, now);
    if (wait === 0) return null;
    const { perSecond, perDay } = key;
    const limit = { policy: rest ? "perday" : "persecond", perSecond, perDay, seconds: Math.ceil(wait / SECOND) } as const;
    return { ok: false, problem: "rate-limited", limit };
  }
}
