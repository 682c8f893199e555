import type { SessionRefusal } from "../../src/domains/authentication/sessions/model.ts";
import type {
  AccountView, Deed, DeviceRefusal, DeviceView, GrantRefusal, Listed, SessionsRpc, SessionView, SignInView,
} from "../../src/domains/authentication/sessions/rpc.ts";
import type { Visitor } from "../../src/domains/authentication/sessions/visitor.ts";
import { DAY, HOUR, MINUTE } from "../../src/kernel/clock.ts";
import { NOW } from "./citizens.ts";

/** What the cookie of whoever is signed in holds. */
export const SESSION = "S".repeat(43);

type Refused = SessionRefusal | DeviceRefusal | GrantRefusal;
type Call = { verb: keyof SessionsRpc; request: unknown };

const HERE = { agent: "Chrome on Android", country: "KE", county: "047" };
const ABROAD = { agent: "Firefox on Windows", country: "UG", county: null };
const NOWHERE = { agent: null, country: null, county: null };

/** One account's sessions in memory: enough of the contract for the pages, and a record of what was asked. */
export class Sessions implements SessionsRpc {
  readonly calls: Call[] = [];
  /** The next call answers this instead. */
  refusal: Refused | null = null;
  /** Every call throws, as when the office is away. */
  gone = false;
  /** What opens the vault of the account's phone. */
  granted = "grant-of-0712345678";
  about: AccountView = {
    name: "Wanjirũ <b>Ng'ang'a</b>", phone: "+254 7•• ••• 678", email: "w•••@•••.ke", roles: [{ role: "citizen", operator: null }, { role: "operator_admin", operator: "Acme <Bets>" }],
    phoneProvenAt: NOW - DAY, passwordChangedAt: NOW - 2 * DAY, factors: { totp: true, passkeys: 2, recoveryCodes: 8 },
  };
  standing: SessionView[] = [
    { id: "s1", isThis: true, stage: "full", createdAt: NOW - HOUR, seenAt: NOW, ...HERE },
    { id: "s2", isThis: false, stage: "second-factor", createdAt: NOW - 5 * MINUTE, seenAt: NOW - 5 * MINUTE, ...ABROAD },
    { id: "s3", isThis: false, stage: "full", createdAt: NOW - 2 * HOUR, seenAt: NOW - MINUTE, ...NOWHERE },
  ];
  known: DeviceView[] = [
    { id: "d1", isThis: true, isTrusted: true, isBlocked: false, firstSeenAt: NOW - 9 * DAY, lastSeenAt: NOW, signIns: 12, ...HERE },
    { id: "d2", isThis: false, isTrusted: false, isBlocked: false, firstSeenAt: NOW - DAY, lastSeenAt: NOW - DAY, signIns: 1, ...ABROAD },
    { id: "d3", isThis: false, isTrusted: false, isBlocked: true, firstSeenAt: NOW - 3 * DAY, lastSeenAt: NOW - 2 * DAY, signIns: 2, ...NOWHERE, agent: "other on Linux" },
  ];
  tries: Listed<SignInView> = {
    rows: [
      { at: NOW, method: "password", outcome: "succeeded", reasons: ["new-device", "new-country"], ...ABROAD },
      { at: NOW - MINUTE, method: "totp", outcome: "wrong", reasons: [], ...HERE },
      { at: NOW - HOUR, method: "passkey", outcome: "blocked-device", reasons: ["long-away", "after-failures", "new-program"], ...NOWHERE },
    ],
    next: `${NOW - HOUR}.01890a5d-ac96-774b-bcce-b302099a8057`,
  };
  done: Listed<Deed> = {
    rows: [
      { at: NOW, action: "device.blocked", ...HERE }, { at: NOW - MINUTE, action: "session.begun", ...HERE }, { at: NOW - HOUR, action: "teapot.<brewed>", ...NOWHERE },
      { at: NOW - DAY, action: "heading", ...NOWHERE },
    ],
    next: null,
  };

  /** As origin does: nobody is signed in without the right cookie. */
  async #heard<Answer extends object>(verb: Call["verb"], request: unknown, { session }: Visitor, answer: Answer): Promise<any> {
    this.calls.push({ verb, request });
    if (this.gone) throw new Error("the office is away");
    const { refusal } = this;
    this.refusal = null;
    if (session !== SESSION) return { ok: false, refusal: "signed-out" };
    return refusal ? { ok: false, ...refusal } : { ok: true, ...answer };
  }

  account(visitor: Visitor) {
    return this.#heard("account", visitor, visitor, { account: this.about });
  }

  list(visitor: Visitor) {
    return this.#heard("list", visitor, visitor, { sessions: this.standing });
  }

  end(request: { visitor: Visitor; id: string }) {
    return this.#heard("end", request, request.visitor, {});
  }

  endOthers(visitor: Visitor) {
    return this.#heard("endOthers", visitor, visitor, {});
  }

  endAll(visitor: Visitor) {
    return this.#heard("endAll", visitor, visitor, {});
  }

  devices(visitor: Visitor) {
    return this.#heard("devices", visitor, visitor, { devices: this.known });
  }

  trust(request: { visitor: Visitor; id: string }) {
    return this.#heard("trust", request, request.visitor, {});
  }

  distrust(request: { visitor: Visitor; id: string }) {
    return this.#heard("distrust", request, request.visitor, {});
  }

  block(request: { visitor: Visitor; id: string }) {
    return this.#heard("block", request, request.visitor, {});
  }

  unblock(request: { visitor: Visitor; id: string }) {
    return this.#heard("unblock", request, request.visitor, {});
  }

  forget(request: { visitor: Visitor; id: string }) {
    return this.#heard("forget", request, request.visitor, {});
  }

  history(request: { visitor: Visitor; after: string | null }) {
    return this.#heard("history", request, request.visitor, this.tries);
  }

  activity(request: { visitor: Visitor; after: string | null }) {
    return this.#heard("activity", request, request.visitor, this.done);
  }

  grant(visitor: Visitor) {
    return this.#heard("grant", visitor, visitor, { grant: this.granted });
  }

  phoneProven(request: { visitor: Visitor; grant: string }) {
    return this.#heard("phoneProven", request, request.visitor, {});
  }

  asked(verb: Call["verb"]): any[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }
}
