import { sha256 } from "@noble/hashes/sha2.js";
import { MAX_BYTES, readScrubQuery, Scrub } from "../../src/check/scrub.ts";
import { contentDigest } from "../../src/check/signature.ts";
import { utf8 } from "../../src/kernel/bytes.ts";
import { problemResponse, refusalResponse } from "./answers.ts";
import { answered, type Call } from "./call.ts";
import { RequestCaller } from "./caller.ts";
import { tooLarge } from "./read.ts";

const NDJSON = "application/x-ndjson";
const NDJSON_TYPE = /^application\/x-ndjson *(?:;|$)/i;

/** As much of the request as is read, and answered, at once. */
const PIECE_BYTES = 65_536;

const NEVER_SIGNED = "a stream is answered before its end is known; its last line carries a digest";

/** `POST /v1/scrubs`: a line for each line, written no faster than they are read. */
export async function scrub(call: Call): Promise<Response> {
  const { request, isolate } = call;
  if (request.headers.has("accept-signature")) return refusalResponse({ ok: false, problem: "signature-unsupported", detail: NEVER_SIGNED });
  const key = isolate.keys.read(request.headers.get("authorization"));
  if (!key) return problemResponse("unauthenticated");
  if (!NDJSON_TYPE.test(request.headers.get("content-type") ?? "")) return problemResponse("content-type-unsupported");
  const query = readScrubQuery(new URL(request.url).searchParams);
  if (!query.ok) return refusalResponse(query);
  if (Number(request.headers.get("content-length")) > MAX_BYTES) return refusalResponse(tooLarge(MAX_BYTES));
  const caller = new RequestCaller(key, request.headers, "scrubs", 1);
  const refusal = await isolate.checker.refusal(caller);
  if (refusal) return refusalResponse(refusal);
  const answerId = isolate.newId();
  const answers = streamOf(call, new Scrub(isolate.many(caller), query, answerId));
  const headers = { "content-type": NDJSON, "cache-control": "no-store, no-transform", "answer-id": answerId };
  return new Response(answers, { headers });
}

/**
 * The answers, made when they are read and not before, so that a slow reader slows the reading of the request. An error
 * cuts the stream: there is no last line then.
 */
function streamOf(call: Call, scrub: Scrub): ReadableStream<Uint8Array> {
  const reader = call.request.body?.getReader({ mode: "byob" });
  const hash = sha256.create();
  const next = async (): Promise<{ text: string; ended: boolean }> => {
    const piece = await reader?.read(new Uint8Array(PIECE_BYTES));
    const ended = piece?.done ?? true;
    const text = ended ? await scrub.end() : await scrub.answer(piece!.value!);
    return text === "" && !ended ? next() : { text, ended };
  };
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { text, ended } = await next();
      answered(call);
      const bytes = utf8(text);
      hash.update(bytes);
      if (bytes.length > 0) controller.enqueue(bytes);
      if (ended && !scrub.overflown) controller.enqueue(utf8(scrub.done(contentDigest(hash.digest()))));
      if (ended || scrub.overflown) controller.close();
    },
    cancel: (reason) => reader?.cancel(reason),
  }, { highWaterMark: 0 });
}
