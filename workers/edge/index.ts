import { Hono } from "hono";
import { readQuestion } from "../../src/check/question.ts";
import { answerResponse, problemResponse } from "./answers.ts";
import { readBody } from "./body.ts";
import type { Environment } from "./environment.ts";
import { theIsolate } from "./isolate.ts";

const JSON_TYPE = /^application\/json *(?:;|$)/i;

const app = new Hono<{ Bindings: Environment }>();

app.post("/v1/checks", async (c) => {
  const { keys, checker, keeper } = theIsolate(c.env);
  const key = keys.read(c.req.header("authorization"));
  if (!key) return problemResponse("unauthenticated");
  if (!JSON_TYPE.test(c.req.header("content-type") ?? "")) return problemResponse("content-type-unsupported");
  const text = await readBody(c.req.raw);
  if (text === null) return problemResponse("body-too-large");
  const body = parseJson(text);
  if (body === undefined) return problemResponse("body-malformed");
  const asked = readQuestion(body);
  if (!asked.ok) return problemResponse("field-invalid", undefined, asked.errors);
  const outcome = checker.fromMemory(key, asked.question) ?? (await checker.ask(key, asked.question));
  c.executionCtx.waitUntil(keeper.keepFresh());
  return answerResponse(outcome);
});

app.all("/v1/checks", () => problemResponse("method-not-allowed"));
app.notFound(() => problemResponse("not-found"));
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
