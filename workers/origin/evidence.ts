import { type EvidenceParts, receive } from "../../src/domains/analytics/receive.ts";
import { EvidenceMessage } from "../../src/domains/analytics/schema.ts";

export interface QueueParts extends EvidenceParts {
  /** Hears how much was lost for good. */
  lost: (counts: Record<string, number>) => void;
}

/** The queue's dead-letter queue, as wrangler.toml names it. */
const LOST = "nser-checks-lost";

const FIRST_RETRY_S = 5;
const LAST_RETRY_S = 900;

/** Takes each message by itself: what fails comes again, later each time, and keeps no other waiting. */
export async function takeMessages(messages: MessageBatch<unknown>, parts: QueueParts): Promise<void> {
  if (messages.queue === LOST) return parts.lost(countsOf(messages.messages));
  await Promise.all(messages.messages.map((message) => take(message, parts)));
}

async function take(message: Message<unknown>, parts: EvidenceParts): Promise<void> {
  try {
    await receive(parts, message.body, message.timestamp.getTime());
    message.ack();
  } catch (error) {
    parts.report(error);
    message.retry({ delaySeconds: Math.min(FIRST_RETRY_S * 2 ** (message.attempts - 1), LAST_RETRY_S) });
  }
}

/** How much the messages hold, and nothing of what: they name those who were found. */
function countsOf(messages: readonly Message<unknown>[]): Record<string, number> {
  const read = messages.map(({ body }) => EvidenceMessage.safeParse(body).data);
  const known = read.filter((batch) => batch !== undefined);
  return {
    "evidence.batches": messages.length,
    "evidence.unreadable": messages.length - known.length,
    "evidence.clear": known.flatMap(({ clear }) => clear).reduce((sum, { count }) => sum + count, 0),
    "evidence.excluded": known.reduce((sum, { excluded }) => sum + excluded.length, 0),
  };
}
