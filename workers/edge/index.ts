import { Hono } from "hono";
import { readQuestion } from "../../src/check/question.ts";
import { answerResponse, problemResponse } from "./answers.ts";
import { readBody } from "./body.ts";
import { RequestCaller } from "./caller.ts";
import type { Environment } from "./environment.ts";
import { theIsolate } from "./isolate.ts";

const JSON_TYPE = /^application\/json *(?:;|$)/i;

const app = new Hono<{ Bindings: Environment }>();

app.post("/v1/checks", async (c) => {
  const { keys, checker, keeper, permits } = theIsolate(c.env);
  const { headers } = c.req.raw;
  const key = keys.read(headers.get("authorization"));
  if (!key) return problemResponse("unauthenticated");
  if (!JSON_TYPE.test(headers.get("content-type") ?? "")) return problemResponse("content-type-unsupported");
  const text = await readBody(c.req.raw);
  if (text === null) return problemResponse("body-too-large");
  const body = parseJson(text);
  if (body === undefined) return problemResponse("body-malformed");
  const asked = readQuestion(body);
  if (!asked.ok) return problemResponse("field-invalid", undefined, asked.errors);
  const caller = new RequestCaller(key, headers);
  const outcome = checker.fromMemory(caller, asked.question) ?? (await checker.ask(caller, asked.question));
  if (keeper.checked()) c.executionCtx.waitUntil(keeper.keepFresh());
  if (permits.due) c.executionCtx.waitUntil(permits.pay());
  return answerResponse(outcome);
});

// Not a second handler on the route, which would cost each check Hono's slower path.
app.notFound((c) => problemResponse(c.req.path === "/v1/checks" ? "method-not-allowed" : "not-found"));
app.onError((error, c) => {
  theIsolate(c.env).keeper.report("request", error);
  return problemResponse("indeterminate");
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export default app;
