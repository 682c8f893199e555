import { SECOND, type Instant } from "../../../../kernel/clock.ts";
import type { FeedEvent, StoredEvent } from "../model.ts";
import { eventsAfter, type Position, readPosition } from "../store.ts";
import { sayReset } from "../take.ts";
import { messageBody } from "./challenge.ts";
import { type EndpointParts, note } from "./parts.ts";
import { EVENTS_A_MESSAGE, QUICK_FAILURES, timeoutAfter, waitAfter } from "./rules.ts";
import { signingSecrets } from "./secrets.ts";
import { type Attempt, send } from "./send.ts";
import { changeEndpoint, dueEndpoints, endpointById, type EndpointRow, insertDelivery, nextDue } from "./store.ts";

/** The task that sends what waits. */
export const DELIVER_TASK = "deliver";

/** After an attempt's own time this much is left for it to be written down; then whoever began it is taken for dead. */
const LEASE_MS = 10 * SECOND;
/** When the register itself could not make the message. */
const OWN_FAULT_WAIT = 10 * SECOND;

export interface DeliverParts extends EndpointParts {
  /** The events in the operator's tokens; throws when they cannot be made. */
  seal: (feedId: string, stored: readonly StoredEvent[]) => Promise<FeedEvent[]>;
  /** From 0 up to 1. */
  draw: () => number;
  /** Keeps the object awake until the promise settles. */
  waitUntil: (promise: Promise<void>) => void;
  /** After a message was settled: its endpoint may have more. */
  settled: () => Promise<void>;
  /** For whoever watches: it names the endpoint and nobody. */
  cry: (message: string, facts: Record<string, string | number>) => void;
  report: (error: unknown) => void;
}

/** A message that is on its way. */
interface Begun {
  row: EndpointRow;
  last: number;
  id: string;
}

/**
 * Tells each endpoint what it has not received, in order, one message at a time; the endpoints are nothing to each other. A message that failed, or of which nobody
 * knows how it ended, is sent again as it was, under the same id.
 */
export class Deliverer {
  readonly #parts: DeliverParts;
  readonly #on = new Set<string>();

  constructor(parts: DeliverParts) {
    this.#parts = parts;
  }

  /** Begins whatever is due and not begun; waits for none of it. Answers when something is due next. */
  run(now: Instant): Instant | null {
    const { database, waitUntil } = this.#parts;
    for (const { id } of dueEndpoints(database, now)) {
      if (this.#on.has(id)) continue;
      this.#on.add(id);
      waitUntil(this.#deliver(id).finally(() => this.#on.delete(id)).then(() => this.#parts.settled()));
    }
    return nextDue(database);
  }

  async #deliver(id: string): Promise<void> {
    const { sending, report } = this.#parts;
    try {
      for (let begun = this.#begin(id); begun; begun = this.#begin(id)) {
        const attempt = await this.#send(begun);
        this.#settle(begun, attempt, sending.clock());
      }
    } catch (error) {
      changeEndpoint(this.#parts.database, id, { nextAt: sending.clock() + OWN_FAULT_WAIT });
      report(error);
    }
  }

  /** Notes what is about to be sent, before it is; null when nothing is due. */
  #begin(id: string): Begun | null {
    const { database, sending, operator } = this.#parts;
    const now = sending.clock();
    return database.transaction((transaction) => {
      const row = endpointById(transaction, id);
      if (!row || row.state !== "active" || row.nextAt === null || row.nextAt > now) return null;
      const [cursor, at] = this.#kept(row, readPosition(database)!);
      if (cursor >= at.head) {
        changeEndpoint(transaction, id, { nextAt: null });
        return null;
      }
      const last = row.sending ?? Math.min(cursor + EVENTS_A_MESSAGE, at.head);
      changeEndpoint(transaction, id, { cursor, sending: last, nextAt: now + timeoutAfter(row.failures) + LEASE_MS });
      return { row: { ...row, cursor, sending: last }, last, id: `msg_${operator}_${id}_${cursor + 1}_${last}` };
    });
  }

  /** Where an endpoint goes on: of one that was away for longer than events are kept, everybody is told that something was missed. */
  #kept(row: EndpointRow, at: Position): [cursor: number, at: Position] {
    if (row.cursor + 1 >= at.from) return [row.cursor, at];
    const reset = sayReset(this.#parts.database);
    changeEndpoint(this.#parts.database, row.id, { sending: null });
    row.sending = null;
    return [reset - 1, { ...at, head: reset }];
  }

  async #send({ row, last, id }: Begun): Promise<Attempt> {
    const { database, envelope, operator, seal, sending } = this.#parts;
    const { feedId } = readPosition(database)!;
    const events = await seal(feedId, eventsAfter(database, row.cursor, last - row.cursor));
    const body = messageBody("nser.events", sending.clock(), { operator, events });
    return send(sending, { url: row.url, id, body, secrets: signingSecrets(envelope, row, sending.clock()), timeoutMs: timeoutAfter(row.failures) });
  }

  /** Writes down how it ended. What people changed meanwhile stays as they changed it. */
  #settle({ row, last, id }: Begun, attempt: Attempt, now: Instant): void {
    const { database } = this.#parts;
    const { askedMs: _, ...logged } = attempt;
    database.transaction((transaction) => {
      const stands = endpointById(transaction, row.id);
      if (!stands) return;
      insertDelivery(transaction, { endpoint: row.id, what: "events", webhookId: id, first: row.cursor + 1, last, ...logged });
      if (stands.cursor !== row.cursor || stands.sending !== last || stands.state !== "active") return;
      if (attempt.outcome === "received") changeEndpoint(transaction, row.id, { cursor: last, sending: null, failures: 0, escalatedAt: null, nextAt: now, receivedAt: now });
      else this.#failed(stands, attempt, now);
    });
  }

  #failed(row: EndpointRow, { outcome, status, askedMs }: Attempt, now: Instant): void {
    const { database, draw, cry, operator } = this.#parts;
    const failures = row.failures + 1;
    const payload = { outcome, status, failures, cursor: row.cursor };
    if (outcome === "gone") {
      changeEndpoint(database, row.id, { state: "disabled", disabledWhy: "gone", failures, nextAt: null, sending: null, version: row.version + 1 });
      note(database, this.#parts, { action: "webhook.gone", endpoint: row.id, payload, actor: null }, now);
      return cry("an endpoint says that it is gone, and is told nothing any more", { operator, endpoint: row.id });
    }
    const isLong = failures === QUICK_FAILURES + 1;
    changeEndpoint(database, row.id, { failures, nextAt: now + waitAfter(failures, askedMs, draw()), ...(isLong && { escalatedAt: now }) });
    if (!isLong) return;
    note(database, this.#parts, { action: "webhook.escalated", endpoint: row.id, payload, actor: null }, now);
    cry("an endpoint has not received anything for long", { operator, endpoint: row.id, failures, outcome });
  }
}
