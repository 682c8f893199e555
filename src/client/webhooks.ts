/**
 * What the register sends to an operator's address, taken as Standard Webhooks has it (<https://www.standardwebhooks.com>):
 * signed by somebody who knows the secret, of now, and taken once. Needs nothing but WebCrypto.
 */
import { isObject, parsed } from "./answers.ts";
import { type FeedEvent, isEvent } from "./events.ts";

/** Not from the register, or not of now: nothing of it may be believed. */
export class WebhookError extends Error {
  override readonly name = "WebhookError";
}

/** What was sent, as far as this client knows it; later types are to be answered like any other, and left. */
export type WebhookMessage =
  | { type: "nser.events"; timestamp: string; data: { operator: string; events: FeedEvent[] } }
  | { type: "nser.test"; timestamp: string }
  | { type: "nser.challenge"; timestamp: string; data: { challenge: string } };

/** The ids that were taken, where several servers share an address: for each until when it need be known, in UTC milliseconds. */
export interface TakenIds {
  has: (id: string) => Promise<boolean>;
  add: (id: string, until: number) => Promise<void>;
}

export interface WebhookOptions {
  /** `whsec_…`; of an address whose secret is being replaced, both. */
  secrets: readonly string[];
  /** How far the sender's clock and this one may be apart. */
  toleranceMs?: number;
  /** In memory when it is left out: enough for one server, and until it is started again. */
  taken?: TakenIds;
  now?: () => number;
}

export interface WebhookHeaders {
  get: (name: string) => string | null;
}

const TOLERANCE_MS = 300_000;
/** How long an id is known: a message whose answer was lost is sent again, with the time of then. Its events are told by their sequence afterwards. */
const KNOWN_MS = 86_400_000;
const MOST_BYTES = 1_000_000;
const MOST_SIGNATURES = 10;

const encoder = new TextEncoder();

/** An HMAC key of a secret. Throws RangeError when it is none. */
async function keyOf(secret: string): Promise<CryptoKey> {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]{32,88}={0,2})$/.exec(secret) ?? [];
  if (encoded === undefined) throw new RangeError("a webhook's secret is whsec_ and base64 of 24 to 64 bytes");
  return crypto.subtle.importKey("raw", bytesOf(encoded), { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)) as Uint8Array<ArrayBuffer>;

const signedText = (id: string, timestamp: string, body: string) => encoder.encode(`${id}.${timestamp}.${body}`);

/** The three headers of a message sent now, for those who try a receiver. `at` in UTC milliseconds. */
export async function signWebhook(secret: string, { id, at, body }: { id: string; at: number; body: string }): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = await crypto.subtle.sign("HMAC", await keyOf(secret), signedText(id, timestamp, body));
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}` };
}

/** The message's id. Throws WebhookError unless one of the secrets signed exactly this, not long ago; compared in constant time. */
export async function verifyWebhook(headers: WebhookHeaders, body: string, { secrets, toleranceMs = TOLERANCE_MS, now = Date.now }: WebhookOptions): Promise<string> {
  const [id, timestamp, signatures] = ["id", "timestamp", "signature"].map((name) => headers.get(`webhook-${name}`) ?? "") as [string, string, string];
  if (!/^[\x21-\x7e]{1,256}$/.test(id) || !/^\d{1,11}$/.test(timestamp)) throw new WebhookError("the message does not say what it is, or when it was sent");
  if (!(Math.abs(now() - Number(timestamp) * 1_000) <= toleranceMs)) throw new WebhookError("the message is too old, or of a time to come");
  const given = signatures.split(" ").slice(0, MOST_SIGNATURES).flatMap((one) => /^v1,([A-Za-z0-9+/]{43}=)$/.exec(one)?.[1] ?? []).map(bytesOf);
  const signed = signedText(id, timestamp, body);
  for (const key of await Promise.all(secrets.map(keyOf))) {
    for (const signature of given) if (await crypto.subtle.verify("HMAC", key, signature, signed)) return id;
  }
  throw new WebhookError("the signature is not one of the secret's");
}

/** Takes what the register sends to one address. */
export class WebhookReceiver {
  readonly #options: WebhookOptions;
  readonly #taken: TakenIds;
  /** What is being taken now: the same message sent twice at once is taken once. */
  readonly #underway = new Map<string, Promise<void>>();

  constructor(options: WebhookOptions) {
    this.#options = options;
    this.#taken = options.taken ?? idsInMemory(options.now ?? Date.now);
  }

  /**
   * The answer to a request: 204 once `take` has done with a message, at once for one that was taken before, 200 with the
   * challenge where the register asks whose the address is, 400 for what is not believed, 500 when `take` throws: then it
   * is sent again. `take` must not take long: the register waits 5 seconds.
   */
  async receive(request: Request, take: (message: WebhookMessage, id: string) => Promise<void>): Promise<Response> {
    const body = await boundedText(request);
    const message = body === null ? null : await this.#believed(request.headers, body);
    if (message === null) return new Response(null, { status: 400 });
    const { id, said } = message;
    if (said.type === "nser.challenge") return Response.json({ challenge: said.data.challenge });
    try {
      await this.#once(id, () => take(said, id));
    } catch {
      return new Response(null, { status: 500 });
    }
    return new Response(null, { status: 204 });
  }

  async #believed(headers: WebhookHeaders, body: string): Promise<{ id: string; said: WebhookMessage } | null> {
    try {
      const id = await verifyWebhook(headers, body, this.#options);
      return { id, said: readMessage(body) };
    } catch (error) {
      if (error instanceof WebhookError) return null;
      throw error;
    }
  }

  async #once(id: string, take: () => Promise<void>): Promise<void> {
    const underway = this.#underway.get(id);
    if (underway) return underway;
    const taking = (async () => {
      if (await this.#taken.has(id)) return;
      await take();
      await this.#taken.add(id, (this.#options.now ?? Date.now)() + KNOWN_MS);
    })();
    this.#underway.set(id, taking);
    try {
      await taking;
    } finally {
      this.#underway.delete(id);
    }
  }
}

function readMessage(body: string): WebhookMessage {
  const message = parsed(body);
  if (!isObject(message) || typeof message.type !== "string") throw new WebhookError("the message is none");
  const data = isObject(message.data) ? message.data : {};
  const isWhole = message.type === "nser.events" ? Array.isArray(data.events) && data.events.every(isEvent) : message.type !== "nser.challenge" || typeof data.challenge === "string";
  if (!isWhole) throw new WebhookError("the message is not whole");
  return message as unknown as WebhookMessage;
}

/** The body as it came; null when it is longer than any the register sends. */
async function boundedText(request: Request): Promise<string | null> {
  const chunks: string[] = [];
  const decoder = new TextDecoder();
  let bytes = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return null;
    chunks.push(decoder.decode(chunk, { stream: true }));
  }
  return chunks.join("") + decoder.decode();
}

/** In the order in which they may be forgotten. */
function idsInMemory(now: () => number): TakenIds {
  const known = new Map<string, number>();
  return {
    has: async (id) => (known.get(id) ?? 0) > now(),
    add: async (id, until) => {
      for (const [other, end] of known) {
        if (end > now()) break;
        known.delete(other);
      }
      known.set(id, until);
    },
  };
}
