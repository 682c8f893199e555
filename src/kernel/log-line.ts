import type { Instant } from "./clock.ts";

/** What one request leaves in the log: never an identifier, a token, a key, a query or an address. */
export interface RequestFacts {
  service: string;
  requestId: string;
  method: string;
  /** The route's pattern, `/v1/operators/{id}`, so that no value of a path is ever logged. */
  route: string;
  status: number;
  startedAt: Instant;
  durationMs: number;
  /** The name and message of an error nobody expected. */
  error?: { type: string; message: string; stack?: string };
}

/** One JSON line with the names of the Elastic Common Schema 8.11. */
export function logLine(facts: RequestFacts): string {
  return JSON.stringify({
    "@timestamp": new Date(facts.startedAt).toISOString(),
    "ecs.version": "8.11.0",
    "log.level": facts.status >= 500 ? "error" : "info",
    "message": `${facts.method} ${facts.route} ${facts.status}`,
    "service.name": facts.service,
    "http.request.id": facts.requestId,
    "http.request.method": facts.method,
    "http.response.status_code": facts.status,
    "url.path": facts.route,
    "event.duration": Math.round(facts.durationMs * 1e6),
    ...(facts.error && {
      "error.type": facts.error.type,
      "error.message": facts.error.message,
      "error.stack_trace": facts.error.stack,
    }),
  });
}
