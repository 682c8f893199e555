import { type Check, isObject, payoutOf, type Purpose, readResult, type Result, type Undecided, undecided, wire } from "./answers.ts";
import { type Connection, persist, post } from "./http.ts";
import { digestOf } from "./verify.ts";

/** The check at this place, from 0, of those that were handed in, and what came of it. */
export interface ScrubbedLine {
  place: number;
  check: Check;
  result: Result;
}

/**
 * As much as is sent in one request: few enough for an answer to be held until its digest is verified, and for a client
 * that cannot read before it has sent everything.
 */
const PART_LINES = 10_000;

/** Asks in parts, and yields a part once it is answered; what stays without an answer is undecided. */
export async function* scrubParts(connection: Connection, checks: Iterable<Check>, purpose?: Purpose): AsyncGenerator<ScrubbedLine> {
  let place = 0;
  for (const part of partsOf(checks)) {
    const { results, rest } = await scrubPart(connection, part, purpose);
    for (const [at, check] of part.entries()) {
      const result = results[at] ?? rest;
      yield { place: place++, check, result: (check.purpose ?? purpose) === "payout" ? payoutOf(result) : result };
    }
  }
}

function* partsOf(checks: Iterable<Check>): Generator<Check[]> {
  let part: Check[] = [];
  for (const check of checks) {
    part.push(check);
    if (part.length === PART_LINES) {
      yield part;
      part = [];
    }
  }
  if (part.length > 0) yield part;
}

interface Part {
  results: Result[];
  /** What the others come to that have none. */
  rest: Undecided;
}

/** The part's results as far as they came; a stream that was cut is taken up again where it ended. */
async function scrubPart(connection: Connection, part: readonly Check[], purpose: Purpose | undefined): Promise<Part> {
  const body = part.map((check) => `${JSON.stringify(wire(check))}\n`).join("");
  const results: Result[] = [];
  const failure = await persist(connection, async () => {
    const query = new URLSearchParams({ from: String(results.length + 1), ...(purpose && { purpose }) });
    const { text, whole, answerId } = await read(connection, `/v1/scrubs?${query}`, body);
    const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n").slice(0, -1).map((line) => JSON.parse(line) as unknown);
    const last = lines.at(-1);
    const done = isObject(last) && last.done === true ? last : null;
    if (done) await demandWhole(text, done, part.length - results.length);
    for (const line of done ? lines.slice(0, -1) : lines) {
      if (!isObject(line) || line.line !== results.length + 1) throw new Error("a line out of order");
      results.push(readResult(line, { answerId: `${answerId}.${results.length + 1}` }));
    }
    if (!whole || !done) throw new Error("the answer was cut off");
    return null;
  });
  return { results, rest: failure ?? undecided("there is no answer") };
}

/** Throws unless the last line speaks of all lines before it: then none of them is believed. */
async function demandWhole(text: string, { count, digest }: Record<string, unknown>, expected: number): Promise<void> {
  const before = text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1);
  if (count !== expected || digest !== (await digestOf(before))) throw new Error("the answer is not what was sent");
}

/** The answer as far as it came. A silence longer than the timeout ends it. */
async function read(connection: Connection, path: string, body: string): Promise<{ text: string; whole: boolean; answerId: string }> {
  const controller = new AbortController();
  const abort = (): void => controller.abort(new Error("no answer in time"));
  let timer = setTimeout(abort, connection.timeoutMs);
  const decoder = new TextDecoder();
  let text = "";
  try {
    const response = await post(connection, path, body, { "content-type": "application/x-ndjson" }, controller.signal);
    const answerId = response.headers.get("answer-id") ?? "";
    const reader = response.body!.getReader();
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: false, value: undefined }));
      if (done) return { text: text + decoder.decode(), whole: true, answerId };
      if (!value) return { text, whole: false, answerId };
      text += decoder.decode(value, { stream: true });
      clearTimeout(timer);
      timer = setTimeout(abort, connection.timeoutMs);
    }
  } finally {
    clearTimeout(timer);
  }
}
