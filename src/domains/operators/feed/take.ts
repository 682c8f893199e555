import type { Kind } from "../../../bst/kinds.ts";
import type { Change } from "../../../check/feed.ts";
import { toHex } from "../../../kernel/bytes.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { nairobiDay } from "../../../kernel/periods.ts";
import type { ObjectDatabase, Transaction } from "../../../objects/database.ts";
import type { NewEvent } from "./model.ts";
import { eventOf } from "./rules.ts";
import { insertEvent, type Position, readPosition, writePosition } from "./store.ts";

/** Rows as a Replica has them; it holds everything up to `seq`, which was so at Register's time `t`. */
export interface Rows {
  logId: string;
  seq: number;
  t: Instant;
  /** The oldest row that is kept there. */
  from: number;
  rows: readonly Change[];
}

/** `more`: not all of it was among the rows. `old`: the Replica has less than is here already. `gap`: rows are missing before those that came. */
export type Taken = "complete" | "more" | "old" | "gap";

const FEED_ID_BYTES = 6;

/**
 * Numbers what the rows tell this operator, in one transaction with how far they were read: whatever fails, no number is given twice and none is left out. Where rows
 * cannot be followed any more, there is one `feed.reset` instead. A feed that begins knows nothing of what was before, but for what the licence requires: `required`,
 * null where the operator is not enrolled yet as far as the rows go.
 */
export function take(database: ObjectDatabase, operator: string, rows: Rows, random: Random, required: Kind[] | null = null): Taken {
  return database.transaction((transaction) => {
    const at = readPosition(database);
    if (!at) return begin(transaction, rows, required, random);
    if (rows.logId !== at.logId) return rows.t < at.t ? "old" : reset(transaction, at, rows);
    if (at.seq + 1 < rows.from) return reset(transaction, at, rows);
    return number(transaction, at, operator, rows);
  });
}

function begin(transaction: Transaction, { logId, seq, t }: Rows, requiredKinds: Kind[] | null, random: Random): Taken {
  writePosition(transaction, { feedId: toHex(random(FEED_ID_BYTES)), begunOn: nairobiDay(t).date, logId, seq, t, head: 0, from: 1, requiredKinds });
  return "complete";
}

const RESET = { type: "feed.reset", rootEpoch: null, p: null, kind: null, epoch: null, generation: null } as const satisfies Omit<NewEvent, "at">;

/** What a scrub after it finds is at least as new as the row from which on there are events again. */
function reset(transaction: Transaction, at: Position, { logId, seq, t }: Rows): Taken {
  appendEvent(transaction, at, { ...RESET, at: Math.max(t, at.t) }, { logId, seq, t: Math.max(t, at.t) });
  return "complete";
}

/** Says to everybody who reads this feed that something was missed. */
export function sayReset(database: ObjectDatabase): number {
  const at = readPosition(database)!;
  appendEvent(database, at, { ...RESET, at: at.t }, {});
  return at.head + 1;
}

function appendEvent(transaction: Transaction, at: Position, event: NewEvent, moved: Partial<Position>): void {
  insertEvent(transaction, at.head + 1, event);
  writePosition(transaction, { ...at, ...moved, head: at.head + 1 });
}

function number(transaction: Transaction, at: Position, operator: string, { seq, t, rows }: Rows): Taken {
  const fresh = rows.filter((row) => row.seq > at.seq);
  if (fresh.some((row, index) => row.seq !== at.seq + index + 1)) return "gap";
  let { head, requiredKinds } = at;
  for (const row of fresh) {
    const event = eventOf(row, operator, requiredKinds);
    if (event) insertEvent(transaction, ++head, event);
    if (row.type === "operator" && row.operator.id === operator) requiredKinds = row.operator.requiredKinds;
  }
  const last = fresh.at(-1) ?? at;
  const isAll = last.seq === seq;
  writePosition(transaction, { ...at, seq: last.seq, t: Math.max(at.t, isAll ? t : last.t), head, requiredKinds });
  if (isAll) return "complete";
  return last.seq > seq ? "old" : "more";
}
