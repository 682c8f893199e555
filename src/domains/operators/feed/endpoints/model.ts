import type { Instant } from "../../../../kernel/clock.ts";
import type { DeliveryOutcome, DeliveryWhat, DisabledWhy } from "../model.ts";
import type { AddressFault } from "./address.ts";
import type { Breaker } from "./rules.ts";

/** An endpoint as people see it. */
export interface Endpoint {
  id: string;
  url: string;
  description: string;
  state: "active" | "disabled";
  disabledWhy: DisabledWhy | null;
  /** Everything up to here was received, */
  cursor: number;
  /** of so much. */
  head: number;
  failures: number;
  breaker: Breaker;
  nextAt: Instant | null;
  /** Since when it has failed for longer than is tried in quick succession. */
  escalatedAt: Instant | null;
  receivedAt: Instant | null;
  oldSecretUntil: Instant | null;
  createdAt: Instant;
  version: number;
}

/** An attempt as people see it. */
export interface Delivery {
  id: number;
  what: DeliveryWhat;
  webhookId: string;
  first: number | null;
  last: number | null;
  at: Instant;
  durationMs: number;
  outcome: DeliveryOutcome;
  status: number | null;
  excerpt: string | null;
}

export type EndpointRefusal =
  | { refusal: "unknown" }
  | { refusal: "command-reused" | "changed-meanwhile" | "too-many" | "not-active" | "beyond-kept" }
  | { refusal: "address"; fault: AddressFault; detail: string }
  /** Whoever is there did not show that it wants to be told. */
  | { refusal: "unproven"; outcome: DeliveryOutcome; status: number | null };
