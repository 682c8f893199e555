import { statusOf } from "../../src/check/status.ts";
import { answered, type Call } from "./call.ts";

/** How long an isolate that knows nothing yet may take to learn: less than whoever watches waits. */
const TRIES = 20;
const TRY_MS = 50;

/** `GET /v1/status`: 200 when this isolate may say `clear` from memory, 503 when not, with the same body. */
export async function status(call: Call): Promise<Response> {
  const { request, isolate } = call;
  const { keeper, clock, region } = isolate;
  answered(call);
  for (let tries = 0; tries < TRIES && !statusOf(keeper.view, clock()).vouches; tries++) await scheduler.wait(TRY_MS);
  const found = statusOf(keeper.view, clock());
  const body = { region, dataCentre: request.cf?.colo ?? null, ...found };
  return Response.json(body, { status: found.vouches ? 200 : 503, headers: { "cache-control": "no-store" } });
}
