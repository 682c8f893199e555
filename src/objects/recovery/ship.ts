import { eq, isNull } from "drizzle-orm";
import type { NumberedKeys } from "../../bst/key-config.ts";
import type { Clock, Instant, Random } from "../../kernel/clock.ts";
import type { ObjectDatabase } from "../database.ts";
import { type Bucket, segmentKey } from "./bucket.ts";
import { anyEntered, enterAll, forgetEntries, type Journaled, oldestEntries, tablesEntered } from "./journal.ts";
import { encodeObject } from "./object.ts";
import { enteredRows } from "./rows.ts";
import { hashOf, seal } from "./seal.ts";
import { chain, outgoing } from "./tables.ts";

/** What an object's recovery is made with. */
export interface RecoveryParts {
  database: ObjectDatabase;
  tables: readonly Journaled[];
  bucket: Bucket;
  keys: NumberedKeys;
  clock: Clock;
  random: Random;
}

/** What one segment holds at most: SQLite gives no text longer than 2 MB. */
const ROWS_A_SEGMENT = 1_000;
const THE_ONE = 1;

/** Something else than what this object would put stands in its place: a later self wrote it, whose rows this one lacks. */
export class Forked extends Error {}

export const readChain = (database: ObjectDatabase) => database.select().from(chain).get() ?? null;

/** Keeps the beginning, to be put like a segment. Rows that are there already are entered, for nothing else tells of them. */
export async function beginChain({ database, tables, keys, clock, random }: RecoveryParts): Promise<void> {
  if (readChain(database) || database.select().from(outgoing).get()) return;
  const sealedAt = clock();
  const body = await seal(encodeObject({ number: 0, previous: null, at: sealedAt }, []), segmentKey(0), keys, random);
  database.transaction((transaction) => {
    enterAll(database, tables);
    transaction.insert(outgoing).values({ id: THE_ONE, number: 0, body, upTo: 0, sealedAt }).run();
  });
}

/**
 * Writes down outside that the object exists, before anything of it does. False when it is written already: then there was
 * such an object, and this storage has lost it. Throws when the bucket cannot be reached; nothing may begin then.
 */
export async function isFirst(parts: RecoveryParts): Promise<boolean> {
  await beginChain(parts);
  try {
    await ship(parts);
    return true;
  } catch (error) {
    if (!(error instanceof Forked)) throw error;
    parts.database.delete(outgoing).run();
    return false;
  }
}

/** Notes since when a change waits. */
export function noteWaiting(database: ObjectDatabase, now: Instant): boolean {
  if (!anyEntered(database)) return false;
  database.update(chain).set({ waitingSince: now }).where(isNull(chain.waitingSince)).run();
  return true;
}

/** How long the oldest change has waited to be shipped, ms. */
export function lag(database: ObjectDatabase, now: Instant): number {
  const since = readChain(database)?.waitingSince ?? null;
  return since === null ? 0 : now - since;
}

/** Ships until nothing waits. Throws when the bucket cannot be reached, having lost nothing, and `Forked`. */
export async function ship(parts: RecoveryParts): Promise<void> {
  while ((await send(parts)) || (await sealNext(parts)));
}

/** Seals what waits, as it stands at this moment, for the next segment. Entries of rows that change meanwhile are newer, and stay. */
async function sealNext({ database, tables, keys, clock, random }: RecoveryParts): Promise<boolean> {
  const end = readChain(database);
  const upTo = oldestEntries(database, ROWS_A_SEGMENT);
  if (!end || upTo === null) return false;
  const entered = tablesEntered(database, upTo);
  const rows = tables.filter(({ name }) => entered.has(name)).map((table) => enteredRows(database, table, upTo));
  const [number, sealedAt, more] = [end.number + 1, clock(), anyEntered(database, upTo)];
  const text = encodeObject({ number, previous: end.hash, at: sealedAt, more }, rows);
  const body = await seal(text, segmentKey(number), keys, random);
  if (readChain(database)!.number === end.number) {
    database.insert(outgoing).values({ id: THE_ONE, number, body, upTo, sealedAt }).onConflictDoNothing().run();
  }
  return true;
}

/** Puts the sealed segment, the same bytes until they are known to be there; only then its entries are forgotten. */
async function send({ database, bucket }: RecoveryParts): Promise<boolean> {
  const sent = database.select().from(outgoing).get();
  if (!sent) return false;
  const [key, hash] = [segmentKey(sent.number), await hashOf(sent.body)];
  if (!(await bucket.putNew(key, sent.body))) {
    const there = await bucket.get(key);
    if (!there) throw new Error(`${key} can be neither written nor read`);
    if ((await hashOf(there)) !== hash) throw new Forked(`another's ${key} is in the bucket`);
  }
  database.transaction((transaction) => {
    const still = eq(outgoing.number, sent.number);
    if (transaction.delete(outgoing).where(still).returning({ number: outgoing.number }).all().length === 0) return;
    forgetEntries(database, sent.upTo);
    const end = { number: sent.number, hash, waitingSince: anyEntered(database) ? sent.sealedAt : null };
    transaction.insert(chain).values({ id: THE_ONE, ...end }).onConflictDoUpdate({ target: chain.id, set: end }).run();
  });
  return true;
}

/** The number nothing of this object's was ever put under; null while something is on its way. */
function unusedNumber(database: ObjectDatabase): number | null {
  const end = readChain(database);
  return end && !database.select().from(outgoing).get() ? end.number + 1 : null;
}

/** Whether a later self shipped what this one would ship next: then this one's storage went back. */
export async function isOvertaken({ database, bucket }: RecoveryParts): Promise<boolean> {
  const number = unusedNumber(database);
  return number !== null && (await bucket.get(segmentKey(number))) !== null && unusedNumber(database) === number;
}
