/** One call of the API as it is typed on a command line: `get /v1/users role=grak_officer`, `post /v1/operators name=Acme requiredKinds:='["msisdn"]'`. */
import { randomUUID } from "node:crypto";

const METHODS = ["get", "post", "put", "patch", "delete"] as const;
type Method = (typeof METHODS)[number];

export interface Call {
  method: Method;
  path: string;
  query: URLSearchParams;
  /** Null sends none. */
  body: Record<string, unknown> | null;
  headers: Record<string, string>;
}

export class Usage extends Error {}

/** What stands after `=` is a text, after `:=` JSON, after `@` a header. Throws Usage when it cannot be read. */
export function readCall([word = "", path = "", ...fields]: readonly string[]): Call {
  const method = METHODS.find((one) => one === word.toLowerCase());
  if (!method) throw new Usage(`${word} is no method: ${METHODS.join(", ")}`);
  if (!path.startsWith("/")) throw new Usage(`a path begins with /: ${path}`);
  const call: Call = { method, path, query: new URLSearchParams(), body: method === "get" || method === "delete" ? null : {}, headers: {} };
  for (const field of fields) readField(call, field);
  return call;
}

function readField(call: Call, field: string): void {
  const [, name, sign, text] = /^([^=:@]+)(:=|=|@)(.*)$/s.exec(field) ?? [];
  if (!name || !sign) throw new Usage(`${field} is no field: name=text, name:=json or header@text`);
  if (sign === "@") call.headers[name.toLowerCase()] = text!;
  else if (call.body) call.body[name] = sign === "=" ? text : jsonOf(name, text!);
  else call.query.append(name, text!);
}

function jsonOf(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Usage(`${name} is no JSON: ${text}`);
  }
}

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed where it is JSON; null where there is none. */
  body: unknown;
}

/** Sends it, each POST under an Idempotency-Key of its own unless it names one. */
export async function send(url: string, token: string, { method, path, query, body, headers }: Call): Promise<Answer> {
  const response = await fetch(`${url}${path}${query.size > 0 ? `?${query}` : ""}`, {
    method: method.toUpperCase(),
    headers: {
      "authorization": `Bearer ${token}`,
      ...(body && { "content-type": "application/json" }),
      ...(method === "post" && { "idempotency-key": randomUUID() }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /[/+]json\b/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text || null };
}

/** Every page of a list, as one answer. */
export async function sendAll(url: string, token: string, call: Call): Promise<Answer> {
  const items: unknown[] = [];
  for (let next: string | null = null; ; ) {
    const query = new URLSearchParams(call.query);
    if (next) query.set("cursor", next);
    const answer = await send(url, token, { ...call, query });
    const page = answer.body as { items?: unknown[]; next?: string | null };
    if (answer.status !== 200 || !Array.isArray(page.items)) return answer;
    items.push(...page.items);
    next = page.next ?? null;
    if (!next) return { ...answer, body: { items, next } };
  }
}
