import type { Actor } from "../../../../kernel/actor.ts";
import { uuidv7 } from "../../../../kernel/ids.ts";
import type { Instant } from "../../../../kernel/clock.ts";
import type { Result } from "../../../../kernel/result.ts";
import { messageBody } from "./challenge.ts";
import type { EndpointRefusal } from "./model.ts";
import { type EndpointParts, note } from "./parts.ts";
import { timeoutAfter } from "./rules.ts";
import { signingSecrets } from "./secrets.ts";
import { type Attempt, send } from "./send.ts";
import { endpointById, insertDelivery } from "./store.ts";

/** Sends a message that tells of nothing, beside the events, and says how it went. */
export async function testEndpoint(parts: EndpointParts, { endpoint, actor }: { endpoint: string; actor: Actor }, now: Instant): Promise<Result<{ attempt: Omit<Attempt, "askedMs"> }, EndpointRefusal>> {
  const { database, envelope, operator, sending, random } = parts;
  const row = endpointById(database, endpoint);
  if (!row) return { ok: false, refusal: "unknown" };
  const id = `msg_${operator}_${endpoint}_test_${uuidv7(now, random)}`;
  const message = { url: row.url, id, body: messageBody("nser.test", now, { operator, endpoint }), secrets: signingSecrets(envelope, row, now), timeoutMs: timeoutAfter(0) };
  const { askedMs: _, ...attempt } = await send(sending, message);
  database.transaction((transaction) => {
    if (endpointById(transaction, endpoint)) insertDelivery(transaction, { endpoint, what: "test", webhookId: id, first: null, last: null, ...attempt });
    note(transaction, parts, { action: "webhook.tested", endpoint, payload: { outcome: attempt.outcome, status: attempt.status }, actor }, now);
  });
  return { ok: true, attempt };
}
