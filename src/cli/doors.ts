/** The public doors as their users knock on them: an administrator, an operator's server, a citizen's browser and phone. */
import { randomUUID } from "node:crypto";
import { Browser, textOf } from "./browser.ts";

export interface OperatorAccess {
  id: string;
  name: string;
  apiKey: string;
}

async function post<T>(url: string, bearer: string, body: unknown, idempotent = false): Promise<{ status: number; body: T }> {
  const headers = {
    "authorization": `Bearer ${bearer}`,
    "content-type": "application/json",
    ...(idempotent && { "idempotency-key": randomUUID() }),
  };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as T };
}

/** Terms of a key that is to measure, and not to be limited. */
export const UNLIMITED = { perSecond: 100_000, perDay: 1_000_000_000 };

/** Enrols an operator and issues it a key, as the regulator's administrator does; `terms` as the API's document has them. */
export async function enrolOperator(url: string, adminToken: string, name: string, terms: object = {}): Promise<OperatorAccess> {
  const operator = await post<{ id: string }>(`${url}/v1/operators`, adminToken, { name, requiredKinds: ["msisdn"] }, true);
  if (operator.status !== 201) throw new Error(`enrolment failed: ${operator.status}`);
  return { id: operator.body.id, name, apiKey: await issueKey(url, adminToken, operator.body.id, terms) };
}

/** Issues an operator a key; `terms` as the API's document has them. */
export async function issueKey(url: string, adminToken: string, operator: string, terms: object): Promise<string> {
  const { status, body } = await post<{ key: string }>(`${url}/v1/operators/${operator}/keys`, adminToken, terms, true);
  if (status !== 201) throw new Error(`issuing a key failed: ${status}`);
  return body.key;
}

/** What a check says: a decision, or the problem's code. */
export interface CheckAnswer {
  word: string;
  status: number;
  ms: number;
  body: { decision?: string; type?: string; maxStalenessMs?: number; mustPay?: boolean; sequence?: number };
}

/** An operator's server. `edge` may be another address than the front door's, to measure without it. */
export class OperatorServer {
  readonly #url: string;
  readonly #edge: string;
  readonly #key: string;

  constructor(url: string, key: string, edge = url) {
    this.#url = url;
    this.#key = key;
    this.#edge = edge;
  }

  async tokenize(value: string, type = "msisdn"): Promise<string> {
    const { status, body } = await post<{ tokens: { token: string }[] }>(`${this.#url}/v1/tokens`, this.#key, { identifiers: [{ type, value }] });
    if (status !== 200) throw new Error(`tokenising failed: ${status} ${JSON.stringify(body)}`);
    return body.tokens[0]!.token;
  }

  async check(token: string, purpose = "login"): Promise<CheckAnswer> {
    const startedAt = performance.now();
    const { status, body } = await post<CheckAnswer["body"]>(`${this.#edge}/v1/checks`, this.#key, { token, purpose });
    const word = body.decision ?? body.type?.replace("/problems/", "") ?? "?";
    return { word, status, ms: performance.now() - startedAt, body };
  }

  /** Checks again and again until the answer is `word`; the ms since `since`. Throws after 10 s. */
  async until(token: string, word: string, since = performance.now()): Promise<number> {
    for (;;) {
      const { word: said } = await this.check(token);
      const waited = performance.now() - since;
      if (said === word) return waited;
      if (waited > 10_000) throw new Error(`still ${said} after 10 s, not ${word}`);
    }
  }
}

/** A citizen's telephone: reads what was sent to it in this machine's simulator. */
export async function messagesTo(url: string, phone: string): Promise<string[]> {
  const response = await fetch(`${url}/dev/sms?to=${encodeURIComponent(phone)}`, { headers: { accept: "application/json" } });
  return ((await response.json()) as { message: string }[]).map(({ message }) => message);
}

/** The newest code sent to a phone. */
async function codeFor(url: string, phone: string): Promise<string> {
  const code = (await messagesTo(url, phone)).map((message) => /\b\d{6}\b/.exec(message)?.[0]).find(Boolean);
  if (!code) throw new Error(`no code was sent to ${phone}`);
  return code;
}

/** A phone without a browser: what it dials and sends goes through this machine's simulator of the network. */
export class FeaturePhone {
  readonly #url: string;
  readonly #number: string;
  #session = "";
  #inputs: string[] = [];

  constructor(url: string, phone: string) {
    this.#url = url;
    this.#number = international(phone);
  }

  /** Opens a session; answers its first screen, `CON` or `END` before it. */
  dial(): Promise<string> {
    this.#session = `ATUid_${randomUUID()}`;
    this.#inputs = [];
    return this.#step();
  }

  /** Answers the screen with this. */
  press(input: string): Promise<string> {
    this.#inputs.push(input);
    return this.#step();
  }

  /** Sends the register a message. */
  async send(text: string): Promise<void> {
    await this.#post("/dev/ussd/sms", { from: this.#number, text, id: `ATXid_${randomUUID()}` });
  }

  /** What came to it by SMS, newest first. */
  messages(): Promise<string[]> {
    return messagesTo(this.#url, this.#number);
  }

  /** The newest code that came. */
  code(): Promise<string> {
    return codeFor(this.#url, this.#number);
  }

  #step(): Promise<string> {
    return this.#post("/dev/ussd", { sessionId: this.#session, phoneNumber: this.#number, text: this.#inputs.join("*") });
  }

  async #post(path: string, fields: Record<string, string>): Promise<string> {
    const response = await fetch(`${this.#url}${path}`, { method: "POST", body: new URLSearchParams(fields) });
    if (!response.ok) throw new Error(`the network answered ${response.status}`);
    return response.text();
  }
}

export interface Wish {
  policy: string;
  phone: string;
  document?: { kind: string; value: string; name?: string; dateOfBirth?: string };
}

const international = (phone: string): string => phone.replace(/^0/, "+254");

/**
 * A citizen before the forms. `pages` may be the portal's own address, to measure without the front door; there the
 * network `address` counts, which in production the platform sets.
 */
export class Citizen {
  readonly browser: Browser;
  readonly #url: string;

  constructor(url: string, { pages = url, locale = "en", address = "192.0.2.1" } = {}) {
    this.#url = url;
    this.browser = new Browser(pages, { "accept-language": locale, "cf-connecting-ip": address });
  }

  /** Walks the form up to the page that asks for the code. */
  async ask({ policy, phone, document }: Wish): Promise<void> {
    await this.browser.open("/exclude");
    await this.browser.submit("/exclude/details", { policy });
    await this.browser.submit("/exclude/code", { phone, ...(document && { documentKind: document.kind, document: document.value, name: document.name ?? "", dateOfBirth: document.dateOfBirth ?? "" }) });
  }

  /** The code that came by SMS. */
  code(phone: string): Promise<string> {
    return codeFor(this.#url, international(phone));
  }

  /** Types the code; answers the reference on the receipt. */
  async confirm(code: string): Promise<string> {
    const { html, status } = await this.browser.submit("/exclude/confirm", { code });
    const reference = /NSER-[0-9A-Z]{10}/.exec(textOf(html))?.[0];
    if (!reference) throw new Error(`no receipt (${status}): ${textOf(html).slice(0, 400)}`);
    return reference;
  }

  async exclude(wish: Wish): Promise<string> {
    await this.ask(wish);
    return this.confirm(await this.code(wish.phone));
  }

  /** Opens the citizen's own page with a fresh code. */
  async enter(phone: string): Promise<string> {
    await this.browser.open("/my");
    await this.browser.submit("/my/code", { phone });
    await this.browser.submit("/my/enter", { code: await this.code(phone) });
    return textOf(this.browser.page.html);
  }

  async extend(policy: string): Promise<string> {
    return textOf((await this.browser.submit("/my/extend", { policy })).html);
  }
}
