import type { Isolate } from "./isolate.ts";

/** One request, and what it is answered from. */
export interface Call {
  request: Request;
  isolate: Isolate;
  context: Pick<ExecutionContext, "waitUntil">;
}

/** How a path is answered whose answers can be signed: its body is read whole, up to so many bytes. */
export interface Route {
  maxBody: number;
  answer: (call: Call) => Promise<Response>;
}

/**
 * After checks were answered: has somebody keep the isolate's memory fresh, carry off what was noted and pay for more, beside
 * the requests. Every answered check comes by here.
 */
export function answered({ isolate: { keeper, courier, permits }, context }: Call): void {
  if (keeper.checked()) context.waitUntil(keeper.keepFresh());
  if (courier.wanted) context.waitUntil(courier.carry());
  if (permits.due) context.waitUntil(permits.pay());
}
