import type { Pseudonym } from "../../../bst/kinds.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { ChangeEndpoint, RotateSecret } from "./endpoints/change.ts";
import type { Delivery, Endpoint, EndpointRefusal } from "./endpoints/model.ts";
import type { RegisterEndpoint } from "./endpoints/register.ts";
import type { Attempt } from "./endpoints/send.ts";
import type { Digest, EventType, FeedPage } from "./model.ts";
import type { Rows, Taken } from "./take.ts";

export type { ChangeEndpoint, RotateSecret } from "./endpoints/change.ts";
export type { Delivery, Endpoint } from "./endpoints/model.ts";
export type { RegisterEndpoint } from "./endpoints/register.ts";

/** When one event about somebody reached whom; `pulled` is the pull feed. Null for not yet. */
export interface Received {
  sequence: number;
  type: EventType;
  at: Instant;
  pulled: Instant | null;
  endpoints: { endpoint: string; at: Instant | null }[];
}

type Changed<Body extends object = { endpoint: Endpoint }> = Promise<Result<Body, EndpointRefusal>>;

interface Asked {
  endpoint: string;
  actor: Actor;
}

/** Where an operator is told: each verb that changes something leaves its audit entry with it. */
export interface EndpointsApi {
  endpoints(): Promise<Endpoint[]>;
  /** Answers the secret, here alone; the same command again answers the same. */
  registerEndpoint(command: RegisterEndpoint): Changed<{ endpoint: Endpoint; secret: string }>;
  changeEndpoint(command: ChangeEndpoint): Changed;
  removeEndpoint(command: Asked): Changed<object>;
  rotateSecret(command: RotateSecret): Changed<{ endpoint: Endpoint; secret: string }>;
  /** Sends a message that tells of nothing, and says how that went. */
  testEndpoint(command: Asked): Changed<{ attempt: Omit<Attempt, "askedMs"> }>;
  /** Sends everything from a number on again. */
  replay(command: Asked & { from: number }): Changed;
  /** The attempts of the last 30 days before one of them, newest first; null for an endpoint that is not there. */
  deliveries(endpoint: string, before: number, limit: number): Promise<Delivery[] | null>;
}

/** One operator's events, numbered, and where they are delivered. The object is named by the operator's id; it knows nobody but by pseudonyms. */
export interface FeedApi extends EndpointsApi {
  /** Rows fresh from a Replica, which need not be asked for then. Answers whether there is anybody to be told at once. */
  poke(rows: Rows): Promise<{ taken: Taken; wanted: boolean }>;
  /** At most 1,000 events after `after`, oldest first, in the operator's tokens of now. Throws when Register or the tokenizer is needed and does not answer. */
  events(after: number, limit: number): Promise<FeedPage>;
  /** Null for a day of which nothing is kept. */
  digest(day: string): Promise<Digest | null>;
  /** Every event that is kept about any of these, oldest first. */
  receivedOf(ps: readonly Pseudonym[]): Promise<Received[]>;
}
