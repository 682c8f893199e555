import { batchAnswer, itemId, readBatch } from "../../src/check/batch.ts";
import { problemResponse, refusalResponse } from "./answers.ts";
import { answered, type Call, type Route } from "./call.ts";
import { RequestCaller } from "./caller.ts";
import { parseJson, readText, unfit } from "./read.ts";

/** A thousand checks of eight tokens each, and room to spare. */
const MAX_BODY = 1_048_576;

/** `POST /v1/checks/batch`: 200 whatever the single checks come to, as soon as the key holds and the batch can be read. */
async function answer(call: Call): Promise<Response> {
  const { request, isolate } = call;
  const key = isolate.keys.read(request.headers.get("authorization"));
  if (!key) return problemResponse("unauthenticated");
  const read = parseJson(await readText(request, MAX_BODY), MAX_BODY);
  const batch = read.ok ? readBatch(read.body) : read;
  if (!batch.ok) return refusalResponse(unfit(request, batch));
  const caller = new RequestCaller(key, request.headers, "checks", batch.readings.length);
  const refusal = await isolate.checker.refusal(caller);
  if (refusal) return refusalResponse(refusal);
  const answerId = isolate.newId();
  const outcomes = await isolate.many(caller).answer(batch.readings, (at) => itemId(answerId, at));
  answered(call);
  return Response.json(batchAnswer(outcomes, answerId));
}

export const batch: Route = { maxBody: MAX_BODY, answer };
