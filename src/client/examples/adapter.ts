/** What the conformance kit is run against: `NSER_URL=… NSER_KEY=sk_test_… npm run conformance -- --adapter src/client/examples/adapter.ts`. */
import { randomBytes } from "node:crypto";
import { publishedKeys, RegisterClient, WebhookReceiver } from "../index.ts";
import { customers } from "./customers.ts";

const { NSER_URL: url = "http://localhost:8787", NSER_KEY: key = "" } = process.env;
const secret = `whsec_${randomBytes(32).toString("base64")}`;
const receiver = new WebhookReceiver({ secrets: [secret] });
let taken = 0;

export const mayPlay = customers(new RegisterClient({ url, key, keys: publishedKeys(url) }), new Map<string, string[]>());

export const webhooks = {
  secret,
  receive: (request: Request) => receiver.receive(request, async () => void taken++),
  taken: () => taken,
};
