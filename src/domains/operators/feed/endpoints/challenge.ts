import { toBase64Url } from "../../../../kernel/bytes.ts";
import { timeoutAfter } from "./rules.ts";
import type { EndpointParts } from "./parts.ts";
import { type Attempt, send } from "./send.ts";

/** What is sent with every message beside its data. */
export const messageBody = (type: string, at: number, data: object): string => JSON.stringify({ type, timestamp: new Date(at).toISOString(), data });

const CHALLENGE_BYTES = 32;

/** Asks whoever is at an address to show that it wants to be told: it answers 200 with the challenge. */
export function challenge({ operator, sending, random }: EndpointParts, endpoint: string, url: string, secret: string): Promise<Attempt> {
  const drawn = toBase64Url(random(CHALLENGE_BYTES));
  const message = {
    url, id: `msg_${operator}_${endpoint}_challenge_${drawn.slice(0, 12)}`, secrets: [secret], timeoutMs: timeoutAfter(0),
    body: messageBody("nser.challenge", sending.clock(), { challenge: drawn }),
  };
  return send(sending, message, (body) => challengeIn(body) === drawn);
}

function challengeIn(body: string): unknown {
  try {
    return (JSON.parse(body) as { challenge?: unknown } | null)?.challenge;
  } catch {
    return null;
  }
}
