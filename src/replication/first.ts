import { Directory } from "../check/directory.ts";
import type { FirstAnswer, FirstQuestion } from "../check/feed.ts";
import type { ObjectDatabase } from "../objects/database.ts";
import { isMember, readDirectory, readPosition } from "./store.ts";

/**
 * Answers a cold isolate from the copy. Of a pseudonym asked about with a key that does not hold, or under an epoch the
 * operator does not have, nothing is said: its place holds null, which is never `clear`. Nor to a test key, which asks about nobody.
 */
export function answerFirst(database: ObjectDatabase, question: FirstQuestion, head: { age: number; t: number }): FirstAnswer {
  const rows = readDirectory(database);
  const directory = new Directory(rows);
  const holds = directory.holder({ operator: question.operator, mode: "live", hash: question.keyHash }, head.t) !== null;
  const excluded = question.asked.map(({ epoch, p }) => {
    const row = holds ? directory.epoch(question.operator, epoch) : null;
    return row && row.state !== "retired" ? isMember(database, row.rootEpoch, p) : null;
  });
  const { logId, seq, manifest } = readPosition(database)!;
  return { logId, seq, ...head, directory: rows, manifest, excluded };
}
