import { readQuestion } from "../../src/check/question.ts";
import { problemResponse, refusalResponse } from "./answers.ts";
import { answered, type Call, type Route } from "./call.ts";
import { RequestCaller } from "./caller.ts";
import { parseJson, readText, unfit } from "./read.ts";
import { withSlips } from "./slips.ts";

/** Eight tokens and room to spare. */
const MAX_BODY = 4_096;

/** `POST /v1/checks`. Without caching headers: the answer to a POST that has none is stored by nobody (RFC 9111 §3). */
async function answer(call: Call): Promise<Response> {
  const { request, isolate } = call;
  const key = isolate.keys.read(request.headers.get("authorization"));
  if (!key) return problemResponse("unauthenticated");
  const read = parseJson(await readText(request, MAX_BODY), MAX_BODY);
  const asked = read.ok ? readQuestion(read.body) : read;
  if (!asked.ok) return refusalResponse(unfit(request, asked));
  const caller = new RequestCaller(key, request.headers, "checks", 1);
  const outcome = isolate.checker.fromMemory(caller, asked.question) ?? (await isolate.checker.ask(caller, asked.question));
  answered(call);
  return outcome.ok ? Response.json(outcome.answer) : refusalResponse(withSlips(outcome, asked.question));
}

export const checks: Route = { maxBody: MAX_BODY, answer };
