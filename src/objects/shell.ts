import type { Instant, Random } from "../kernel/clock.ts";

/** The platform's randomness, for the shells to hand in. */
export const random: Random = (length) => crypto.getRandomValues(new Uint8Array(length));

/** One error line of an object with the names of the Elastic Common Schema 8.11. `facts` name nobody. */
export function errorLine(service: string, at: Instant, message: string, facts: Record<string, string | number>): string {
  return JSON.stringify({
    "@timestamp": new Date(at).toISOString(),
    "ecs.version": "8.11.0",
    "log.level": "error",
    "message": message,
    "service.name": service,
    ...facts,
  });
}

/** What a log may say of an error: its type, message and stack. */
export const errorFacts = (error: unknown): Record<string, string> =>
  error instanceof Error
    ? { "error.type": error.name, "error.message": error.message, "error.stack_trace": error.stack ?? "" }
    : { "error.message": String(error) };
