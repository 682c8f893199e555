import { itemId, UNDECIDED, type Worst, worstOf } from "./batch.ts";
import type { Outcome } from "./decide.ts";
import { LineReader, MAX_LINE } from "./lines.ts";
import { itemOf, type ManyChecks } from "./many.ts";
import { isPurpose, PURPOSE_DETAIL, type Purpose, readQuestion, type Reading } from "./question.ts";
import type { Refusal } from "./refusal.ts";

/** What one request may hold. Whatever is beyond is not answered, and there is no last line then. */
export const MAX_LINES = 1_000_000;
export const MAX_BYTES = 90_000_000;

/** How a scrub is asked: the purpose of the lines that name none, and the first line to be answered, from 1. */
export interface ScrubQuery {
  purpose: Purpose | undefined;
  from: number;
}

/** Reads `?purpose=…&from=…`, of which either may be left out. */
export function readScrubQuery(query: URLSearchParams): ({ ok: true } & ScrubQuery) | Refusal {
  const purpose = query.get("purpose") ?? undefined;
  const from = query.get("from") ?? "1";
  if (purpose !== undefined && !isPurpose(purpose)) return refused(`purpose: ${PURPOSE_DETAIL}`);
  if (!/^[1-9]\d{0,6}$/.test(from) || Number(from) > MAX_LINES) return refused(`from: must be a line from 1 to ${MAX_LINES}`);
  return { ok: true, purpose, from: Number(from) };
}

const refused = (detail: string): Refusal => ({ ok: false, problem: "field-invalid", detail });

const TOO_LONG: Refusal = { ok: false, problem: "body-too-large", detail: `a line has at most ${MAX_LINE} bytes` };
const MALFORMED: Refusal = { ok: false, problem: "body-malformed", detail: "the line is no JSON" };
const TOO_MUCH: Refusal = { ok: false, problem: "body-too-large", detail: `a scrub has at most ${MAX_LINES} lines and ${MAX_BYTES} bytes` };

/**
 * Answers a stream of checks, one a line, with a line for each. It holds what is between two pieces of the stream: a line
 * begun, counts, and the age of the oldest decision.
 */
export class Scrub {
  readonly #many: ManyChecks;
  readonly #query: ScrubQuery;
  readonly #answerId: string;
  readonly #lines = new LineReader();
  /** Lines and bytes read. */
  #line = 0;
  #bytes = 0;
  #count = 0;
  #worst: Worst = UNDECIDED;

  constructor(many: ManyChecks, query: ScrubQuery, answerId: string) {
    this.#many = many;
    this.#query = query;
    this.#answerId = answerId;
  }

  /** Whether more was sent than a scrub may hold: the line that says so was the last. */
  get overflown(): boolean {
    return this.#line > MAX_LINES || this.#bytes > MAX_BYTES;
  }

  /** The answers to the lines that a piece of the request ends. */
  async answer(piece: Uint8Array): Promise<string> {
    this.#bytes += piece.length;
    return this.#answerLines(this.#lines.push(piece));
  }

  /** The answer to a line that no line break ends. */
  async end(): Promise<string> {
    return this.#answerLines(this.#lines.end());
  }

  /** The last line. `digest` is of all bytes before it, as Content-Digest writes it (RFC 9530). */
  done(digest: string): string {
    return `${JSON.stringify({ done: true, count: this.#count, digest, answerId: this.#answerId, ...this.#worst })}\n`;
  }

  async #answerLines(lines: (string | null)[]): Promise<string> {
    const before = this.#line;
    this.#line += lines.length;
    const from = Math.max(this.#query.from - 1 - before, 0);
    const readings = lines.slice(from, MAX_LINES - before).map((line) => this.#read(line));
    const first = before + from + 1;
    const outcomes = await this.#many.answer(readings, (at) => itemId(this.#answerId, first + at));
    this.#count += outcomes.length;
    this.#worst = worstOf(outcomes, this.#worst);
    let text = "";
    for (let at = 0; at < outcomes.length; at++) text += lineOf(first + at, outcomes[at]!);
    return this.overflown ? text + lineOf(first + outcomes.length, TOO_MUCH) : text;
  }

  #read(line: string | null): Reading {
    if (line === null) return TOO_LONG;
    try {
      return readQuestion(JSON.parse(line), this.#query.purpose);
    } catch {
      return MALFORMED;
    }
  }
}

function lineOf(line: number, outcome: Outcome): string {
  const aged = outcome.ok ? { maxStalenessMs: outcome.answer.maxStalenessMs } : {};
  return `${JSON.stringify({ line, ...itemOf(outcome, ""), ...aged })}\n`;
}
