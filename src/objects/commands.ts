import { eq } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Instant } from "../kernel/clock.ts";
import type { Transaction } from "./database.ts";

/** Every command that was carried out, and what was answered. Part of each object's schema that is commanded. */
export const commands = sqliteTable("commands", {
  id: text().primaryKey(),
  fingerprint: text().notNull(),
  result: text({ mode: "json" }).notNull(),
  at: integer().notNull(),
});

interface Command {
  id: string;
  fingerprint: string;
}

const REUSED = { ok: false, refusal: "command-reused" } as const;

/** What a command was answered when it was carried out; null when it was not. */
export function answered<Answer extends { ok: boolean }>(database: Transaction, command: Command): Answer | typeof REUSED | null {
  const earlier = database.select().from(commands).where(eq(commands.id, command.id)).get();
  if (!earlier) return null;
  return earlier.fingerprint === command.fingerprint ? (earlier.result as Answer) : REUSED;
}

/**
 * Carries a command out once: the same id with the same content answers what was answered first, with other content it
 * is refused. A refusal changes nothing and is not kept. Results are kept as JSON and must survive it.
 */
export function once<Answer extends { ok: boolean }>(
  transaction: Transaction,
  command: Command,
  now: Instant,
  carryOut: () => Answer,
): Answer | typeof REUSED {
  const earlier = answered<Answer>(transaction, command);
  if (earlier) return earlier;
  const result = carryOut();
  if (result.ok) transaction.insert(commands).values({ ...command, result, at: now }).run();
  return result;
}
