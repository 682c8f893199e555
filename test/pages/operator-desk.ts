import type { KeyDay } from "../../src/domains/analytics/model.ts";
import type { KeySeen } from "../../src/domains/operators/desk/model.ts";
import type { KeyRefusal, OperatorDeskRpc, OperatorHome } from "../../src/domains/operators/desk/rpc.ts";
import type { WebhookRefusal } from "../../src/domains/operators/desk/webhook-rpc.ts";
import type { Delivery, Endpoint } from "../../src/domains/operators/feed/rpc.ts";
import { HOUR } from "../../src/kernel/clock.ts";
import { NOW } from "./citizens.ts";

export const ACME = "opacme0001";

export const HOME: OperatorHome = {
  operator: { id: ACME, name: "Acme <b>Bets</b>", state: "active", requiredKinds: ["msisdn", "national_id"], declaredCustomers: 1_000, enrolledAt: NOW - 24 * HOUR },
  others: [{ id: "opother001", name: "Other Bets" }],
  rooms: ["keys"],
  asOf: NOW,
};

export const KEY_ID = "01890a5d-ac96-774b-bcce-b302099a8070";

export const KEY: KeySeen = {
  id: KEY_ID, publicId: `pk_live_${ACME}_abcdefghijkl`, operator: ACME, mode: "live", state: "active", name: "Tills <i>& co</i>", scopes: ["checks", "tokens"], networks: ["192.0.2.0/24"],
  perSecond: 100, perDay: 100_000, issuedAt: NOW - 24 * HOUR, expiresAt: null, revokedAt: null, lastUsed: NOW - HOUR,
};

const none = { clear: null, found: null };
const nothing = { registration: none, login: none, deposit: none, bet: none, marketing: none, payout: none };
const DAYS: KeyDay[] = [
  { from: NOW, checks: 1_234, purposes: { ...nothing, login: { clear: 1_000, found: 7 }, bet: { clear: 200, found: 1 } } }, { from: NOW - 24 * HOUR, checks: null, purposes: nothing },
];

export const SECRET = `sk_live_${ACME}_${"0f".repeat(32)}`;

export const WEBHOOK: Endpoint = {
  id: KEY_ID, url: "https://hooks.acme.co.ke/nser?<i>", description: "Till <i>& co</i>", state: "active", disabledWhy: null, cursor: 41, head: 42, failures: 0, breaker: "closed", nextAt: null,
  escalatedAt: null, receivedAt: NOW - HOUR, oldSecretUntil: null, createdAt: NOW - 24 * HOUR, version: 3,
};

export const DELIVERY: Delivery = { id: 90, what: "events", webhookId: "msg_1", first: 40, last: 41, at: NOW - HOUR, durationMs: 120, outcome: "received", status: 204, excerpt: null };

export const WEBHOOK_SECRET = `whsec_${"A".repeat(43)}=`;

type Call = { verb: keyof OperatorDeskRpc; request: unknown };

/** Origin's verbs of an operator's people over one operator, in memory, and a record of what they were asked. */
export class OperatorDesk implements OperatorDeskRpc {
  readonly calls: Call[] = [];
  /** The next call answers this instead. */
  refusal: KeyRefusal | WebhookRefusal | null = null;
  seen: OperatorHome = HOME;
  held: KeySeen[] = [KEY];
  told: Endpoint[] = [WEBHOOK];
  log: Delivery[] = [DELIVERY];
  older: number | null = null;
  may = { change: true };

  async #heard<T extends object>(verb: Call["verb"], request: unknown, answer: () => T): Promise<any> {
    this.calls.push({ verb, request });
    const { refusal } = this;
    this.refusal = null;
    return refusal ? { ok: false, ...refusal } : { ok: true, ...answer() };
  }

  home(request: Parameters<OperatorDeskRpc["home"]>[0]) {
    return this.#heard("home", request, () => this.seen);
  }

  keys(request: Parameters<OperatorDeskRpc["keys"]>[0]) {
    return this.#heard("keys", request, () => ({ keys: this.held, may: this.may }));
  }

  key(request: Parameters<OperatorDeskRpc["key"]>[0]) {
    return this.#heard("key", request, () => ({ key: this.held[0]!, days: DAYS, may: this.may }));
  }

  issueKey(request: Parameters<OperatorDeskRpc["issueKey"]>[0]) {
    return this.#heard("issueKey", request, () => ({ handedOut: { keyId: KEY_ID, publicId: KEY.publicId, key: SECRET } }));
  }

  rotateKey(request: Parameters<OperatorDeskRpc["rotateKey"]>[0]) {
    return this.#heard("rotateKey", request, () => ({ handedOut: { keyId: KEY_ID, publicId: KEY.publicId, key: SECRET } }));
  }

  revokeKey(request: Parameters<OperatorDeskRpc["revokeKey"]>[0]) {
    return this.#heard("revokeKey", request, () => ({}));
  }

  webhooks(request: Parameters<OperatorDeskRpc["webhooks"]>[0]) {
    return this.#heard("webhooks", request, () => ({ webhooks: this.told, may: this.may }));
  }

  webhook(request: Parameters<OperatorDeskRpc["webhook"]>[0]) {
    return this.#heard("webhook", request, () => ({ webhook: this.told[0]!, deliveries: this.log, older: this.older, may: this.may }));
  }

  registerWebhook(request: Parameters<OperatorDeskRpc["registerWebhook"]>[0]) {
    return this.#heard("registerWebhook", request, () => ({ webhook: WEBHOOK, secret: WEBHOOK_SECRET }));
  }

  testWebhook(request: Parameters<OperatorDeskRpc["testWebhook"]>[0]) {
    return this.#heard("testWebhook", request, () => ({}));
  }

  replayWebhook(request: Parameters<OperatorDeskRpc["replayWebhook"]>[0]) {
    return this.#heard("replayWebhook", request, () => ({}));
  }

  rotateWebhookSecret(request: Parameters<OperatorDeskRpc["rotateWebhookSecret"]>[0]) {
    return this.#heard("rotateWebhookSecret", request, () => ({ webhook: WEBHOOK, secret: WEBHOOK_SECRET }));
  }

  turnWebhook(request: Parameters<OperatorDeskRpc["turnWebhook"]>[0]) {
    return this.#heard("turnWebhook", request, () => ({}));
  }

  removeWebhook(request: Parameters<OperatorDeskRpc["removeWebhook"]>[0]) {
    return this.#heard("removeWebhook", request, () => ({}));
  }

  asked(verb: Call["verb"]): any[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }
}
