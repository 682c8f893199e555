import type { AccountLook, May, StaffRoom } from "../../src/domains/users/people/model.ts";
import type { ServeRefusal, ShowRefusal, StaffRefusal, StaffUsersRpc } from "../../src/domains/users/people/rpc.ts";
import type { IdentifierRefusal } from "../../src/domains/users/people/identifier.ts";
import { HOUR } from "../../src/kernel/clock.ts";
import { NOW } from "./citizens.ts";

type Call = { verb: keyof StaffUsersRpc; request: unknown };
type Refusal = StaffRefusal | ServeRefusal | ShowRefusal | IdentifierRefusal;

export const ACCOUNT_ID = "01890a5d-ac96-774b-bcce-b302099a8058";

export const LOOKED_AT: AccountLook = {
  id: ACCOUNT_ID, name: "W••• N•••", email: "w•••@•••.ke", phone: "+254 7•• ••• 678", phoneProvenAt: NOW - HOUR, state: "active", lock: null, lockedUntil: null,
  deletedAt: null, isErased: false, createdAt: NOW - 24 * HOUR,
  roles: [{ role: "citizen", operator: null }, { role: "operator_user", operator: "opacme01" }],
  factors: { password: true, totp: true, passkey: false }, verification: null,
  signIns: [{ at: NOW, method: "password", outcome: "wrong" }, { at: NOW - HOUR, method: "password", outcome: "succeeded" }],
};

/** Origin's verbs of the regulator's people over one account, in memory, and a record of what they were asked. */
export class StaffUsers implements StaffUsersRpc {
  readonly calls: Call[] = [];
  /** The next call answers this instead. */
  refusal: Refusal | null = null;
  account: AccountLook = LOOKED_AT;
  open: StaffRoom[] = ["users", "exclusions", "cases"];
  may: May = { lock: true, verify: true, identify: true };

  async #heard<T extends object>(verb: Call["verb"], request: unknown, answer: () => T): Promise<any> {
    this.calls.push({ verb, request });
    const { refusal } = this;
    this.refusal = null;
    return refusal ? { ok: false, ...refusal } : { ok: true, ...answer() };
  }

  rooms(visitor: unknown) {
    return this.#heard("rooms", visitor, () => ({ rooms: this.open }));
  }

  enter(visitor: unknown) {
    return this.#heard("enter", visitor, () => ({}));
  }

  search(request: Parameters<StaffUsersRpc["search"]>[0]) {
    return this.#heard("search", request, () => ({ userId: request.identifier.replaceAll(" ", "") === "0712345678" ? ACCOUNT_ID : null }));
  }

  look(request: Parameters<StaffUsersRpc["look"]>[0]) {
    return this.#heard("look", request, () => ({ account: this.account, may: this.may }));
  }

  lock(request: Parameters<StaffUsersRpc["lock"]>[0]) {
    return this.#heard("lock", request, () => this.#becomes({ state: "suspended", lock: { at: NOW, reason: "taken-over" } }));
  }

  unlock(request: Parameters<StaffUsersRpc["unlock"]>[0]) {
    return this.#heard("unlock", request, () => this.#becomes({ state: "active", lock: null, lockedUntil: null }));
  }

  verify(request: Parameters<StaffUsersRpc["verify"]>[0]) {
    const verification = { id: "v", method: "passport", verdict: "verified", reason: "seen-in-person", at: NOW, by: "user:1" } as const;
    return this.#heard("verify", request, () => this.#becomes({ verification }));
  }

  revoke(request: Parameters<StaffUsersRpc["revoke"]>[0]) {
    return this.#heard("revoke", request, () => this.#becomes({ verification: null }));
  }

  show(request: Parameters<StaffUsersRpc["show"]>[0]) {
    const profile = { name: "Wanjiku <b>Ng'ang'a</b>", email: "wanjiku@example.ke", phone: "+254712345678", dateOfBirth: "1990-03-27" };
    return this.#heard("show", request, () => ({ profile }));
  }

  asked(verb: Call["verb"]): any[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }

  #becomes(change: Partial<AccountLook>): object {
    this.account = { ...this.account, ...change };
    return {};
  }
}
