import { describe, expect, it } from "vitest";
import type { Change } from "../../../../src/check/feed.ts";
import { readPosition, eventsAfter } from "../../../../src/domains/operators/feed/store.ts";
import { type Rows, take } from "../../../../src/domains/operators/feed/take.ts";
import { random } from "../../../../src/objects/shell.ts";
import { feedDatabase } from "../../../support/feeds.ts";

const OPERATOR = "acme01";
const person = (n: number) => new Uint8Array(16).fill(n);
type Unplaced = Change extends infer Row ? (Row extends Change ? Omit<Row, "seq" | "t"> : never) : never;

/** A feed, and the log it reads: rows are appended, then a Replica's page of them is taken. */
function aFeed() {
  const database = feedDatabase();
  const log = { logId: "log-1", from: 1, rows: [] as Change[] };
  const append = (...rows: Unplaced[]) => rows.forEach((row) => log.rows.push({ ...row, seq: log.rows.length + 1, t: 1_000 * (log.rows.length + 1) } as Change));
  const page = (after: number, seq = log.rows.length, most = 5_000): Rows => {
    const rows = after + 1 < log.from ? [] : log.rows.slice(after, seq).slice(0, most);
    return { logId: log.logId, seq, t: 1_000 * seq, from: log.from, rows };
  };
  const pull = (seq?: number, most?: number) => take(database, OPERATOR, page(readPosition(database)?.seq ?? Number.MAX_SAFE_INTEGER, seq, most), random);
  const told = () => eventsAfter(database, 0, 1_000).map(({ sequence, type, p }) => `${sequence} ${type}${p ? ` ${p[0]}` : ""}`);
  return { database, log, append, page, pull, told };
}

describe("a feed", () => {
  it("begins where the log is, and numbers what comes after it", () => {
    const { append, pull, told } = aFeed();
    append({ type: "excluded", rootEpoch: 0, p: person(1) });
    pull();
    expect(told()).toEqual([]);
    append({ type: "excluded", rootEpoch: 0, p: person(2), kind: "msisdn" }, { type: "excluded", rootEpoch: 0, p: person(2), kind: "msisdn", news: "extended" });
    append({ type: "released", rootEpoch: 0, p: person(2), kind: "msisdn" });
    expect(pull()).toBe("complete");
    expect(told()).toEqual(["1 exclusion.started 2", "2 exclusion.extended 2", "3 exclusion.ended 2"]);
  });

  it("says nothing of rows that are no news: another root's, and nobody's", () => {
    const { append, pull, told } = aFeed();
    pull();
    append({ type: "excluded", rootEpoch: 0, p: person(1), news: "none" }, { type: "released", rootEpoch: 0, p: person(1), news: "none" });
    append({ type: "manifest", manifest: { hash: "x", sequence: 1 } });
    pull();
    expect(told()).toEqual([]);
  });

  it("takes nothing twice: from a Replica that is behind, the same rows again, or rows after a gap", () => {
    const { database, append, page, pull, told } = aFeed();
    pull();
    for (let n = 1; n <= 5; n++) append({ type: "excluded", rootEpoch: 0, p: person(n) });
    expect(pull(4)).toBe("complete");
    expect(pull(2)).toBe("old");
    expect(take(database, OPERATOR, page(0), random)).toBe("complete");
    expect(told()).toHaveLength(5);
    append({ type: "excluded", rootEpoch: 0, p: person(6) }, { type: "excluded", rootEpoch: 0, p: person(7) });
    expect(take(database, OPERATOR, page(6), random)).toBe("gap");
    expect(pull(7, 1)).toBe("more");
    expect(pull(7, 1)).toBe("complete");
    expect(told().at(-1)).toBe("7 exclusion.started 7");
  });

  it("is reset once where the log is another, or its rows are not kept any more; not by a Replica that has not heard of that", () => {
    const { log, append, pull, told } = aFeed();
    pull();
    append({ type: "excluded", rootEpoch: 0, p: person(1) });
    pull();
    log.logId = "log-2";
    append({ type: "excluded", rootEpoch: 0, p: person(2) });
    expect([pull(), pull()]).toEqual(["complete", "complete"]);
    log.logId = "log-1";
    expect(pull(1)).toBe("old");
    log.logId = "log-2";
    for (let n = 3; n <= 9; n++) append({ type: "excluded", rootEpoch: 0, p: person(n) });
    log.from = 5;
    pull();
    append({ type: "released", rootEpoch: 0, p: person(9) });
    pull();
    expect(told()).toEqual(["1 exclusion.started 1", "2 feed.reset", "3 feed.reset", "4 exclusion.ended 9"]);
  });

  it("tells of its own operator's epochs, tokens and terms, and of nobody else's", () => {
    const { append, pull, told } = aFeed();
    // It begins before the operator's own row came: that one changes nothing.
    pull();
    const epoch = { operator: OPERATOR, epoch: 1, pairKeyId: "k", rootEpoch: 0, state: "current", until: null } as const;
    append({ type: "epoch", epoch }, { type: "epoch", epoch: { ...epoch, epoch: 0, state: "grace", until: 9 } }, { type: "epoch", epoch: { ...epoch, operator: "other1" } });
    append({ type: "generation", generation: { operator: OPERATOR, p: "07".repeat(16), epoch: 1, least: 1 } });
    append({ type: "generation", generation: { operator: "other1", p: "08".repeat(16), epoch: 1, least: 1 } });
    const operator = { id: OPERATOR, state: "active", requiredKinds: ["msisdn"] } as const;
    append({ type: "operator", operator: { ...operator, requiredKinds: ["msisdn"] } }, { type: "operator", operator: { ...operator, state: "suspended", requiredKinds: ["msisdn"] } });
    append({ type: "operator", operator: { ...operator, requiredKinds: ["msisdn", "national_id"] } });
    pull();
    expect(told()).toEqual(["1 token.rotated", "2 token.rotated 7", "3 policy.changed"]);
  });
});
