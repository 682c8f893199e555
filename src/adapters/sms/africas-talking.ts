import { z } from "zod";
import { SECOND } from "../../kernel/clock.ts";
import type { Sms, SmsSender } from "./port.ts";

export interface AfricasTalkingAccount {
  /** Without the path: the live, the sandbox or the local host. */
  url: string;
  username: string;
  apiKey: string;
  /** The sender the messages come from; the provider's own when empty. */
  sender: string;
}

const DEADLINE = 8 * SECOND;

/** Processed, sent, queued. Every other status is a failure. */
const ACCEPTED: ReadonlySet<number> = new Set([100, 101, 102]);

const Answer = z.object({
  SMSMessageData: z.object({
    Message: z.string(),
    Recipients: z.array(z.object({ statusCode: z.number(), status: z.string(), messageId: z.string() })),
  }),
});

/** Africa's Talking's bulk messaging API, version 1, one recipient a call. */
export function africasTalking(account: AfricasTalkingAccount, fetch: typeof globalThis.fetch, deadline = DEADLINE): SmsSender {
  return {
    async send(sms) {
      try {
        return read(await post(account, fetch, deadline, sms));
      } catch (error) {
        return { ok: false, reason: error instanceof Error ? error.name : "unknown" };
      }
    },
  };
}

async function post(
  account: AfricasTalkingAccount, fetch: typeof globalThis.fetch, deadline: number, sms: Sms,
): Promise<unknown> {
  const { url, username, apiKey, sender } = account;
  const response = await fetch(`${url}/version1/messaging`, {
    method: "POST",
    headers: { apiKey, accept: "application/json" },
    body: new URLSearchParams({ username, ...sms, ...(sender && { from: sender }) }),
    signal: AbortSignal.timeout(deadline),
  });
  if (!response.ok) throw Object.assign(new Error("refused"), { name: `HTTP ${response.status}` });
  return response.json();
}

/** Without recipients the answer's Message says why nothing was sent; it may quote the number, which no log may have. */
function read(body: unknown): Awaited<ReturnType<SmsSender["send"]>> {
  const answer = Answer.safeParse(body);
  if (!answer.success) return { ok: false, reason: "malformed answer" };
  const { Message, Recipients } = answer.data.SMSMessageData;
  const [recipient] = Recipients;
  if (!recipient) return { ok: false, reason: Message.replaceAll(/\d{4,}/g, "…") };
  const { statusCode, status, messageId } = recipient;
  return ACCEPTED.has(statusCode) ? { ok: true, messageId } : { ok: false, reason: `${statusCode} ${status}` };
}
