/** Many operators' webhook endpoints on one port of this machine, each a path, some of which take every message and never answer. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** An event as it came to an endpoint. */
export interface Arrival {
  endpoint: number;
  sequence: number;
  type: string;
  /** From the commit to here, by the one clock of this machine. */
  ms: number;
}

interface Message {
  type: string;
  data: { challenge?: string; events?: { sequence: number; type: string; at: string }[] };
}

export class Listeners {
  readonly arrivals: Arrival[] = [];
  /** Those from this number on answer the challenge, and nothing afterwards. */
  hangingFrom = Number.MAX_SAFE_INTEGER;
  readonly #server = createServer((request, response) => void this.#take(request, response));
  #port = 0;

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.#port = (this.#server.address() as { port: number }).port;
  }

  url = (endpoint: number): string => `http://127.0.0.1:${this.#port}/${endpoint}`;

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { type, data } = JSON.parse(Buffer.concat(chunks).toString()) as Message;
    const [endpoint, now] = [Number(request.url!.slice(1)), Date.now()];
    if (type === "nser.events" && endpoint >= this.hangingFrom) return;
    for (const event of data.events ?? []) this.arrivals.push({ endpoint, sequence: event.sequence, type: event.type, ms: now - Date.parse(event.at) });
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ challenge: data.challenge }));
  }
}

/** Registers an operator's endpoint as its administrator does; it answers the challenge. */
export async function registerWebhook(url: string, adminToken: string, operator: string, at: string): Promise<{ id: string; secret: string }> {
  const response = await fetch(`${url}/v1/operators/${operator}/webhooks`, {
    method: "POST",
    headers: { "authorization": `Bearer ${adminToken}`, "content-type": "application/json", "idempotency-key": randomUUID() },
    body: JSON.stringify({ url: at }),
  });
  const body = (await response.json()) as { webhook: { id: string }; secret: string };
  if (response.status !== 201) throw new Error(`a webhook was not registered: ${response.status} ${JSON.stringify(body)}`);
  return { id: body.webhook.id, secret: body.secret };
}
