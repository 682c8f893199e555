import { eq, sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { type Outcome, SALT_BYTES } from "../audit/entry.ts";
import type { Actor } from "../kernel/actor.ts";
import { canonicalJson, type Json } from "../kernel/canonical-json.ts";
import type { Instant, Random } from "../kernel/clock.ts";
import { uuidv7 } from "../kernel/ids.ts";
import type { Office, OfficeDatabase } from "./database.ts";
import { reasonOf, who } from "./entry.ts";
import { auditEntries, commands, events, guard } from "./tables.ts";

/** A query of drizzle's that was built and not run. */
export interface Statement {
  toSQL(): { sql: string; params: unknown[] };
}

/** One write: its rows, what the audit log is told of it and whom else it concerns. All of it happens, or nothing. */
export interface Change<Answer> {
  actor: Actor;
  /** In order. One that is `exactlyOne` changes one row or undoes everything. */
  rows: readonly (Statement | { exactlyOne: Statement })[];
  /** `done` unless another outcome is said. */
  audit: { action: string; resource: string; payload: Json; outcome?: Outcome };
  events?: readonly { topic: string; subject: string; payload: Json }[];
  answer: Answer;
}

/** A command as a caller repeats it: the same id with the same content answers what was answered first. */
export interface Command {
  id: string;
  /** SHA-256 of the request. */
  fingerprint: string;
}

export type CommitRefusal = { refusal: "conflict" | "duplicate" | "command-reused" };
export type Committed<Answer> = { ok: true; answer: Answer } | ({ ok: false } & CommitRefusal);

interface Senses {
  now: Instant;
  random: Random;
}

/**
 * Writes a change in one batch and one round trip. `conflict`: a row was not in the version it was read in, or is gone;
 * `duplicate`: a row with the same unique columns is there. Throws when the database does not answer in time: the change
 * may have happened then, and whoever repeats a `command` learns its answer.
 */
export async function commit<Answer extends object>(
  { primary, committed }: Office, change: Change<Answer>, senses: Senses, command: Command | null = null,
): Promise<Committed<Answer>> {
  try {
    await runBatch(primary, [...commandRows(primary, change, senses, command), ...change.rows.flatMap((row) => guarded(primary, row)), ...outboxRows(primary, change, senses, command)]);
    committed?.();
    return { ok: true, answer: change.answer };
  } catch (error) {
    const said = messageOf(error);
    if (breaksGuard(error)) return { ok: false, refusal: "conflict" };
    if (command && said.includes("commands.id")) return (await earlier<Answer>(primary, command))!;
    if (said.includes("UNIQUE constraint failed")) return { ok: false, refusal: "duplicate" };
    throw error;
  }
}

/**
 * Writes, in one batch, rows that copy what was done and audited elsewhere. False when an `exactlyOne` did not change one row,
 * and then nothing is written.
 */
export async function copyRows({ primary }: Office, rows: Change<object>["rows"]): Promise<boolean> {
  try {
    await runBatch(primary, rows.flatMap((row) => guarded(primary, row)));
    return true;
  } catch (error) {
    if (breaksGuard(error)) return false;
    throw error;
  }
}

/** Carries a command out once. `decide` is not asked when it was carried out before. */
export async function once<Answer extends object, Refused extends { ok: false }>(
  office: Office, command: Command, senses: Senses, decide: () => Promise<Change<Answer> | Refused>,
): Promise<Committed<Answer> | Refused> {
  const known = await earlier<Answer>(office.primary, command);
  if (known) return known;
  const decided = await decide();
  if ("rows" in decided) return commit(office, decided, senses, command);
  // What refuses it may be what it did itself, sent twice at once.
  return (await earlier<Answer>(office.primary, command)) ?? decided;
}

async function earlier<Answer>(database: OfficeDatabase, { id, fingerprint }: Command): Promise<Committed<Answer> | null> {
  const row = await database.select().from(commands).where(eq(commands.id, id)).get();
  if (!row) return null;
  return row.fingerprint === fingerprint ? { ok: true, answer: row.result as Answer } : { ok: false, refusal: "command-reused" };
}

const messageOf = (error: unknown): string => String(error instanceof Error ? error.message : error);
const breaksGuard = (error: unknown): boolean => messageOf(error).includes("guard_one_row_changed");

async function runBatch(database: OfficeDatabase, statements: readonly Statement[]): Promise<void> {
  const built = statements.map((statement) => statement.toSQL());
  await database.$client.batch(built.map(({ sql, params }) => ({ sql, args: params as never[] })), "write");
}

function guarded(database: OfficeDatabase, row: Statement | { exactlyOne: Statement }): Statement[] {
  if (!("exactlyOne" in row)) return [row];
  return [row.exactlyOne, rawInsert(database, guard), database.delete(guard)];
}

const rawInsert = (database: OfficeDatabase, table: SQLiteTable): Statement =>
  database.insert(table as typeof guard).select(sql`select changes() as changed`);

const commandRows = (database: OfficeDatabase, { answer }: Change<object>, { now }: Senses, command: Command | null): Statement[] =>
  command ? [database.insert(commands).values({ ...command, result: answer, at: now })] : [];

function outboxRows(database: OfficeDatabase, { actor, audit, events: told = [] }: Change<object>, { now, random }: Senses, command: Command | null): Statement[] {
  const entry = { ...audit, ...who(actor), id: uuidv7(now, random), at: now, commandId: command?.id ?? null, payload: canonicalJson(audit.payload), salt: random(SALT_BYTES) };
  return [
    database.insert(auditEntries).values({ ...entry, reason: reasonOf(audit.payload, actor) }),
    ...told.map((event) => database.insert(events).values({ ...event, id: uuidv7(now, random), at: now })),
  ];
}
