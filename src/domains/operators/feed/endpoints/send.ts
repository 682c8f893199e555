import { concat } from "../../../../kernel/bytes.ts";
import type { Clock, Instant } from "../../../../kernel/clock.ts";
import type { DeliveryOutcome } from "../model.ts";
import { type AddressTerms, readAddress } from "./address.ts";
import { askedWait, excerptOf, outcomeOf } from "./rules.ts";
import { signedHeaders } from "./sign.ts";

/** A message as it leaves: the same bytes are signed and sent. */
export interface Message {
  url: string;
  id: string;
  body: string;
  secrets: readonly string[];
  timeoutMs: number;
}

export interface Attempt {
  outcome: DeliveryOutcome;
  at: Instant;
  durationMs: number;
  status: number | null;
  /** What was answered, cut short; null where it was received, or nothing came. */
  excerpt: string | null;
  /** How long the endpoint asked to be left alone, in ms. */
  askedMs: number;
}

export interface SendParts {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  clock: Clock;
  /** Aborts after so many ms. */
  deadline: (ms: number) => AbortSignal;
  terms: AddressTerms;
}

/** The most of an answer that is read. */
const READ_BYTES = 65_536;
/** Of an answer that only says why it was not received, less. */
const EXCERPT_BYTES = 1_024;

/** Sends a message once. Never throws: whatever happens is an outcome. `answer`, where it is wanted, judges the body of a 2xx. */
export async function send({ fetch, clock, deadline, terms }: SendParts, message: Message, answer?: (body: string) => boolean): Promise<Attempt> {
  const at = clock();
  const done = (outcome: DeliveryOutcome, more: Partial<Attempt> = {}): Attempt => ({ outcome, at, durationMs: clock() - at, status: null, excerpt: null, askedMs: 0, ...more });
  const { url, id, body, secrets, timeoutMs } = message;
  if (!readAddress(url, terms).ok) return done("blocked");
  const ended = deadline(timeoutMs);
  try {
    const response = await fetch(url, { method: "POST", body, headers: signedHeaders(secrets, id, at, body), redirect: "manual", signal: ended });
    const { status, headers } = response;
    const outcome = outcomeOf(status);
    if (outcome === "received" && !answer) {
      await response.body?.cancel().catch(() => undefined);
      return done(outcome, { status });
    }
    const text = await beginningOf(response, outcome === "received" ? READ_BYTES : EXCERPT_BYTES, ended);
    if (outcome === "received" && answer!(text ?? "")) return done(outcome, { status });
    return done(outcome === "received" ? "wrong-answer" : outcome, { status, excerpt: text && excerptOf(text), askedMs: askedWait(headers.get("retry-after"), at) });
  } catch {
    return done(ended.aborted ? "late" : "unreachable");
  }
}

/** Reads so many bytes at most, as long as there is time, and leaves the rest; null when nothing came. */
async function beginningOf(response: Response, most: number, signal: AbortSignal): Promise<string | null> {
  if (!response.body) return null;
  const reader = response.body.getReader();
  const late = new Promise<{ done: true; value?: undefined }>((resolve) => signal.addEventListener("abort", () => resolve({ done: true }), { once: true }));
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (let read = await Promise.race([reader.read(), late]); !read.done; read = await Promise.race([reader.read(), late])) {
      chunks.push(read.value);
      length += read.value.length;
      if (length >= most) break;
    }
  } catch {
    // What came before it broke is what there is.
  } finally {
    void reader.cancel().catch(() => undefined);
  }
  return length > 0 ? new TextDecoder().decode(concat(...chunks).subarray(0, most)) : null;
}
