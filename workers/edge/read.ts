import type { Refusal } from "../../src/check/refusal.ts";

/** What is read and thrown away beyond a limit, so that whoever sent it can hear why it was refused. */
const MAX_DRAINED = 1_048_576;

const JSON_TYPE = /^application\/json *(?:;|$)/i;

const FOREIGN_TYPE: Refusal = { ok: false, problem: "content-type-unsupported" };
const MALFORMED: Refusal = { ok: false, problem: "body-malformed" };

/**
 * What a body is refused with that cannot be answered: that it is not JSON by its own word, else why. A body that can be
 * answered is, whatever it calls itself, for reading another header costs each check one in a hundred.
 */
export const unfit = ({ headers }: Request, refusal: Refusal): Refusal =>
  JSON_TYPE.test(headers.get("content-type") ?? "") ? refusal : FOREIGN_TYPE;

/** The request's text, read no further than it must; null when it is longer than `limit` bytes. Not async: each check would pay for it. */
export function readText(request: Request, limit: number): Promise<string | null> {
  return isWithin(request, limit) ? request.text() : readBytes(request, limit).then(decoded);
}

/** What the JSON says; a refusal when it is none, or there was too much of it. */
export function parseJson(text: string | null, limit: number): { ok: true; body: unknown } | Refusal {
  if (text === null) return tooLarge(limit);
  try {
    return { ok: true, body: JSON.parse(text) as unknown };
  } catch {
    return MALFORMED;
  }
}

/** The request's bytes; null when there are more than `limit`. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array | null> {
  if (isWithin(request, limit)) return new Uint8Array(await request.arrayBuffer());
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > limit + MAX_DRAINED) break;
    if (length <= limit) pieces.push(piece);
  }
  return length <= limit ? new Uint8Array(await new Blob(pieces).arrayBuffer()) : null;
}

export const tooLarge = (limit: number): Refusal => ({ ok: false, problem: "body-too-large", detail: `at most ${limit} bytes` });

function isWithin({ headers }: Request, limit: number): boolean {
  const announced = headers.get("content-length");
  return announced !== null && Number(announced) <= limit;
}

const decoded = (bytes: Uint8Array | null): string | null => bytes && new TextDecoder().decode(bytes);
