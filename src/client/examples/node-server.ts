/**
 * An operator's server on Node: `NSER_URL=… NSER_KEY=sk_test_… NSER_WEBHOOK_SECRET=whsec_… node node-server.ts`.
 * `POST /may-play {identifiers, purpose}` stands for the operator's own pages; `POST /nser` takes what the register sends.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { pathToFileURL } from "node:url";
import { conformanceAdapter, type Identifiers } from "../conformance/index.ts";
import { newEvents, publishedKeys, type Purpose, RegisterClient, WebhookReceiver } from "../index.ts";
import { customers } from "./customers.ts";

interface Settings {
  url: string;
  key: string;
  secret: string;
  /** Hears why somebody was refused without a decision. */
  report: (error: unknown) => void;
}

/** `ended` hears of each token whose holder was excluded: end their session, and acknowledge it. */
export function operatorServer({ url, key, secret, report }: Settings, ended: (tokens: string[]) => void): Server {
  const register = new RegisterClient({ url, key, keys: publishedKeys(url), report });
  const mayPlay = customers(register, new Map<string, string[]>());
  const receiver = new WebhookReceiver({ secrets: [secret] });
  let done = 0;
  const routes: Record<string, (request: Request) => Promise<Response>> = {
    "/may-play": async (request) => {
      const { identifiers, purpose } = (await request.json()) as { identifiers: Identifiers; purpose: Purpose };
      return Response.json({ mayPlay: await mayPlay(identifiers, purpose) });
    },
    "/nser": (request) =>
      receiver.receive(request, async (message) => {
        if (message.type !== "nser.events") return;
        for (const event of newEvents(message.data.events, done)) {
          if (event.type === "exclusion.started") ended(event.tokens);
          done = event.sequence;
        }
      }),
    "/conformance": conformanceAdapter({ secret, mayPlay }),
  };
  return createServer((request, response) => {
    const route = request.method === "POST" ? routes[request.url ?? ""] : undefined;
    void answer(request, response, route ?? (async () => new Response(null, { status: 404 })));
  });
}

async function answer(request: IncomingMessage, response: ServerResponse, route: (request: Request) => Promise<Response>): Promise<void> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
    const answered = await route(new Request(`http://${request.headers.host}${request.url}`, { method: "POST", headers, body: Buffer.concat(chunks) }));
    response.writeHead(answered.status, Object.fromEntries(answered.headers)).end(await answered.text());
  } catch {
    response.writeHead(500).end();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { NSER_URL: url = "http://localhost:8787", NSER_KEY: key = "", NSER_WEBHOOK_SECRET: secret = "", PORT = "8080" } = process.env;
  operatorServer({ url, key, secret, report: console.error }, (tokens) => console.log("session ended", tokens)).listen(Number(PORT));
}
