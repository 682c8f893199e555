import { type Context, Hono } from "hono";
import { problemResponse } from "./answers.ts";
import { batch } from "./batch.ts";
import type { Call, Route } from "./call.ts";
import { checks } from "./checks.ts";
import type { Environment } from "./environment.ts";
import { theIsolate } from "./isolate.ts";
import { keyDirectory } from "./key-directory.ts";
import { scrub } from "./scrub.ts";
import { signedAnswer } from "./signature.ts";
import { status } from "./status.ts";

type Asked = Context<{ Bindings: Environment }>;

const app = new Hono<{ Bindings: Environment }>();

const callOf = (c: Asked): Call => ({ request: c.req.raw, isolate: theIsolate(c.env), context: c.executionCtx });

function answer(c: Asked, route: Route): Promise<Response> {
  const signature = c.req.raw.headers.get("accept-signature");
  return signature === null ? route.answer(callOf(c)) : signedAnswer(signature, callOf(c), route);
}

app.post("/v1/checks", (c) => answer(c, checks));
app.post("/v1/checks/batch", (c) => answer(c, batch));
app.post("/v1/scrubs", (c) => scrub(callOf(c)));
app.get("/v1/status", (c) => status(callOf(c)));
app.get("/.well-known/http-message-signatures-directory", (c) => keyDirectory(callOf(c)));

// Not second handlers on the routes, which would cost each check Hono's slower path.
app.notFound((c) => {
  const allowed = app.routes.find(({ path }) => path === c.req.path)?.method;
  return allowed ? problemResponse("method-not-allowed", { allow: allowed }) : problemResponse("not-found");
});
app.onError((error, c) => {
  theIsolate(c.env).keeper.report("request", error);
  return problemResponse("indeterminate");
});

export default app;
