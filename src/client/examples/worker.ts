/** The same as a Worker: its secrets are NSER_KEY and NSER_WEBHOOK_SECRET, its variable NSER_URL. */
import { conformanceAdapter, type Identifiers, type MayPlay } from "../conformance/index.ts";
import { publishedKeys, type Purpose, RegisterClient, WebhookReceiver } from "../index.ts";
import { customers } from "./customers.ts";

interface Bound {
  NSER_URL: string;
  NSER_KEY: string;
  NSER_WEBHOOK_SECRET: string;
}

interface Operator {
  mayPlay: MayPlay;
  receiver: WebhookReceiver;
}

/** One for each isolate. A Worker that takes events keeps `taken` and its last sequence in a database: isolates come and go. */
let operator: Operator | undefined;

function operatorOf({ NSER_URL: url, NSER_KEY: key, NSER_WEBHOOK_SECRET: secret }: Bound): Operator {
  const register = new RegisterClient({ url, key, keys: publishedKeys(url), report: (error) => console.warn(String(error)) });
  return (operator ??= { mayPlay: customers(register, new Map<string, string[]>()), receiver: new WebhookReceiver({ secrets: [secret] }) });
}

export default {
  async fetch(request: Request, bound: Bound): Promise<Response> {
    const { mayPlay, receiver } = operatorOf(bound);
    const route = `${request.method} ${new URL(request.url).pathname}`;
    if (route === "POST /conformance") return conformanceAdapter({ secret: bound.NSER_WEBHOOK_SECRET, mayPlay })(request);
    if (route === "POST /nser") return receiver.receive(request, async (message) => console.log(message.type));
    if (route !== "POST /may-play") return new Response(null, { status: 404 });
    const { identifiers, purpose } = (await request.json()) as { identifiers: Identifiers; purpose: Purpose };
    return Response.json({ mayPlay: await mayPlay(identifiers, purpose) });
  },
};
