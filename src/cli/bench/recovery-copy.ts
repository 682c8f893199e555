/**
 * The recovery bucket of a Register that holds so many exclusions. It is written here, in the form a Register's own copies have,
 * because filling one with a million exclusions would take much longer than restoring it.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { readKey } from "../../check/directory.ts";
import { DEFAULT_TERMS } from "../../check/terms.ts";
import { toHex, utf8 } from "../../kernel/bytes.ts";
import { DAY } from "../../kernel/clock.ts";
import { GENESIS, partKey, segmentKey, wholeKey } from "../../objects/recovery/bucket.ts";
import { encodeObject, type Head, type TableRows } from "../../objects/recovery/object.ts";
import { hashOf, type parseRecoveryKeys, seal } from "../../objects/recovery/seal.ts";
import { random } from "../../objects/shell.ts";
import type { RecoveryBucket } from "../system.ts";

/** The Register object's name. */
const PREFIX = "KE/";
export const OPERATOR = "bench00001";
export const KEY = `sk_live_${OPERATOR}_0123456789abcdef0123456789abcdef`;
/** Its checks come as fast as they are answered. */
const TERMS = { ...DEFAULT_TERMS, perSecond: 100_000 };
/** About the three years of a permanent one: nothing is to be done to any of them on the day they are restored. */
const TERM = 1_096 * DAY;
const ROWS_A_PAGE = 1_000;
const PAGES_A_PART = 5;
const PUTS_AT_ONCE = 8;
/** The nth person's phone and document, as pseudonyms. */
export const pseudonym = (n: number, kind: "phone" | "document"): Uint8Array => sha256(utf8(`${kind} ${n}`)).slice(0, 16);
const hex = (n: number, kind: "phone" | "document"): string => toHex(pseudonym(n, kind)).toUpperCase();

type Cells = (number | string | null)[];

interface Generated {
  table: string;
  columns: string[];
  count: number;
  row(n: number): Cells;
}

/** Every table of a Register with so many exclusions, each with a phone and a document, as it was before it was destroyed. */
function tables(exclusions: number, now: number): Generated[] {
  const result = (n: number): string => JSON.stringify({
    ok: true, outcome: "registered", sequence: 2 * n + 2,
    receipt: {
      reference: `NSER-${n}`, state: "active", policy: "permanent", endMode: "confirmed", startedAt: now, endsAt: null, reviewAt: null, endedAt: null,
      identifiers: [{ kind: "msisdn", provisionalUntil: null }, { kind: "national_id", provisionalUntil: now + 14 * DAY }],
    },
  });
  const directory = [
    ["operator", { operator: { id: OPERATOR, state: "active", requiredKinds: [] } }],
    ["epoch", { epoch: { operator: OPERATOR, epoch: 0, pairKeyId: "1", rootEpoch: 0, state: "current", until: null } }],
    ["key", { key: { id: "key", hash: readKey(`Bearer ${KEY}`)!.hash, operator: OPERATOR, state: "active", ...TERMS } }],
  ] as const;
  const kind = (n: number) => (n % 2 ? "document" : "phone");
  const half = (n: number): string => hex(n >> 1, kind(n));
  return [
    { table: "exclusions", columns: ["id", "reference", "personId", "state", "policy", "policyVersion", "endMode", "channel", "startedAt", "renewsAt", "wakesAt"], count: exclusions,
      row: (n) => [`exclusion-${n}`, `NSER-${n}`, `person-${n}`, "active", "permanent", 1, "confirmed", "web", now, now + TERM, now + TERM] },
    { table: "exclusionIdentifiers", columns: ["exclusionId", "p", "kind", "evidence", "standing", "provisionalUntil", "addedAt"], count: 2 * exclusions,
      row: (n) => [`exclusion-${n >> 1}`, half(n), ...(n % 2 ? ["national_id", "typed", "provisional", now + 14 * DAY] : ["msisdn", "code", "firm", null]), now] },
    { table: "phoneHolders", columns: ["p", "personId", "since"], count: exclusions, row: (n) => [hex(n, "phone"), `person-${n}`, now] },
    { table: "covered", columns: ["p", "exclusions", "rootEpoch"], count: 2 * exclusions, row: (n) => [half(n), 1, 0] },
    { table: "changes", columns: ["seq", "t", "type", "rootEpoch", "p", "body"], count: directory.length + 2 * exclusions,
      row: (n) => (n < directory.length
        ? [n + 1, now, directory[n]![0], null, null, JSON.stringify(directory[n]![1])]
        : [n + 1, now, "excluded", 0, half(n - directory.length), null]) },
    { table: "head", columns: ["id", "logId", "seq", "t", "fence", "announced", "from"], count: 1,
      row: () => [1, "0123456789abcdef0123456789abcdef", directory.length + 2 * exclusions, now, 1, 0, 1] },
    { table: "operators", columns: ["id", "name", "state", "requiredKinds", "enrolledAt"], count: 1, row: () => [OPERATOR, "Bench Bets", "active", "[]", now] },
    { table: "operatorKeys", columns: ["id", "hash", "operator", "state", "sealedReply", "issuedAt", "perSecond"], count: 1,
      row: () => ["key", readKey(`Bearer ${KEY}`)!.hash, OPERATOR, "active", "00", now, TERMS.perSecond] },
    { table: "operatorEpochs", columns: ["operator", "epoch", "pairKeyId", "rootEpoch", "state"], count: 1, row: () => [OPERATOR, 0, "1", 0, "current"] },
    { table: "commands", columns: ["id", "fingerprint", "result", "at"], count: exclusions, row: (n) => [`command-${n}`, hex(n, "phone").repeat(2), result(n), now] },
    { table: "audit", columns: ["position", "id", "action", "resource", "channel", "at", "commandId", "payload"], count: exclusions,
      row: (n) => [n + 1, `audit-${n}`, "exclusion.registered", `NSER-${n}`, "web", now, `command-${n}`, JSON.stringify({ policy: "permanent", startedAt: now })] },
  ];
}

function* pages(generated: readonly Generated[]): Generator<TableRows> {
  for (const { table, columns, count, row } of generated) {
    for (let from = 0; from < count; from += ROWS_A_PAGE) {
      const rows = Array.from({ length: Math.min(ROWS_A_PAGE, count - from) }, (_, at) => [from + at + 1, ...row(from + at)]);
      yield { table, columns, gone: [], rows: JSON.stringify(rows) };
    }
  }
}

/** Writes the whole copy; answers how many rows it has. */
export async function writeCopy(bucket: RecoveryBucket, exclusions: number, keys: ReturnType<typeof parseRecoveryKeys>): Promise<number> {
  const generated = tables(exclusions, Date.now() - DAY);
  const put = async (key: string, head: Head, rows: TableRows[]): Promise<string> => {
    const sealed = await seal(encodeObject(head, rows), key, keys, random);
    waiting.push(bucket.put(PREFIX + key, sealed));
    if (waiting.length === PUTS_AT_ONCE) await Promise.all(waiting.splice(0));
    return hashOf(sealed);
  };
  const waiting: Promise<unknown>[] = [];
  const genesis = await put(GENESIS, { number: 0, previous: null, at: 0 }, []);
  let previous = await put(segmentKey(1), { number: 1, previous: genesis, at: 0 }, []);
  let part: TableRows[] = [];
  let parts = 0;
  const flush = async (): Promise<void> => {
    const head = { number: ++parts, previous, at: 0 };
    previous = await put(partKey(1, parts), head, part.splice(0));
  };
  for (const page of pages(generated)) if (part.push(page) === PAGES_A_PART) await flush();
  if (part.length > 0) await flush();
  await put(wholeKey(1), { number: parts, previous, at: 0 }, []);
  await Promise.all(waiting);
  return generated.reduce((sum, { count }) => sum + count, 0);
}
