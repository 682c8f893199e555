import { and, asc, eq, gt, inArray } from "drizzle-orm";
import type { Json } from "../kernel/canonical-json.ts";
import type { Instant } from "../kernel/clock.ts";
import type { Office } from "./database.ts";
import { events } from "./tables.ts";

/** What somebody is to be told of. It comes at least once; whoever is told takes each `id` once. */
export interface OfficeEvent {
  id: string;
  topic: string;
  /** Whom it concerns. */
  subject: string;
  payload: Json;
  at: Instant;
}

export interface DrainParts {
  office: Office;
  /** Who takes which topic. Events of other topics are left for others. */
  handlers: Readonly<Record<string, (event: OfficeEvent) => Promise<void>>>;
  /** Hears of each event that was not taken; it stays, and so do those of the same subject after it. */
  report: (error: unknown) => void;
}

const AT_ONCE = 100;
/** A longer backlog waits for the next minute. */
const PAGES = 8;

/** Tells what waits: subjects beside each other, each one's events in order. What was taken leaves the table. */
export async function drainEvents(parts: DrainParts): Promise<void> {
  let after = 0;
  for (let page = 0; page < PAGES; page++) {
    const waiting = await eventsAfter(parts, after);
    const bySubject = Map.groupBy(waiting, ({ subject }) => subject);
    await Promise.all([...bySubject.values()].map((some) => tell(parts, some)));
    if (waiting.length < AT_ONCE) return;
    after = waiting.at(-1)!.position;
  }
}

const eventsAfter = ({ office: { primary }, handlers }: DrainParts, after: number) =>
  primary.select().from(events).where(and(gt(events.position, after), inArray(events.topic, Object.keys(handlers)))).orderBy(asc(events.position)).limit(AT_ONCE).all();

async function tell({ office: { primary }, handlers, report }: DrainParts, waiting: readonly (typeof events.$inferSelect)[]): Promise<void> {
  try {
    for (const { position, payload, ...event } of waiting) {
      await handlers[event.topic]!({ ...event, payload: payload as Json });
      await primary.delete(events).where(eq(events.position, position));
    }
  } catch (error) {
    report(error);
  }
}
