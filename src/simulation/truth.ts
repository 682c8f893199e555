import type { Outcome } from "../check/decide.ts";
import { STALENESS_BOUND_MS } from "../check/lease.ts";
import { toHex } from "../kernel/bytes.ts";
import type { Instant } from "../kernel/clock.ts";
import { firstHexOf } from "./people.ts";
import type { ObjectStorage } from "./storage.ts";
import type { Trace } from "./trace.ts";

/**
 * From then on somebody was excluded, or not any more. `at` is true time, `t` the time Register wrote: infinite where
 * a Register that lost its memory wrote a time that had passed.
 */
interface Turn {
  at: number;
  t: Instant;
  excluded: boolean;
}

/** The exclusions that hold a pseudonym, by id, and until when by Register's clock. */
type Covers = Map<string, number>;

const ACTIVE = `
  select i.p, e.id, case when e.endMode = 'automatic' then e.endsAt end, i.provisionalUntil
  from exclusionIdentifiers i join exclusions e on e.id = i.exclusionId
  where e.state = 'active' and i.standing in ('firm', 'provisional')`;

/** An identifier is one person's under whichever root it is. */
const nameOf = (p: unknown): string => firstHexOf(toHex(p as Uint8Array));

/** Phones that became somebody else's: no promise holds them any more. */
const RELEASED = "select i.p, i.exclusionId from exclusionIdentifiers i where i.standing = 'released'";

/**
 * What was ever committed, written down at the commit and never lost, whatever becomes of Register. It is what answers
 * are judged by: a person stays excluded here until every exclusion they were given has come to its end.
 */
export class Truth {
  /** Set once Register forgot something: somebody released may be excluded again, and a key refused. */
  forgetful = false;
  /** The latest time of Register's that anybody can have been told. */
  #told: Instant = 0;
  /** The true time of each row's commit, of the log that is followed now. */
  readonly committedAt = new Map<number, number>();
  readonly #turns = new Map<string, Turn[]>();
  readonly #covers = new Map<string, Covers>();
  readonly #keys = new Map<string, { from: number; until: number }>();
  readonly #trace: Trace;
  #seen: Seen = { logId: null, seq: 0, t: 0, commands: 0 };

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  /** Register lost what it held, or some of it, and goes on from what it holds now. */
  forget(storage: ObjectStorage): void {
    this.forgetful = true;
    this.#seen = seenIn(storage) ?? { ...this.#seen, seq: 0, commands: 0 };
  }

  /** Writes down what Register committed just now. `t` is what its clock shows. */
  observe(storage: ObjectStorage, at: number, t: Instant): void {
    const now = seenIn(storage);
    if (!now) return;
    const told = this.#told;
    this.#told = Math.max(told, now.t);
    if (now.logId === this.#seen.logId && now.seq === this.#seen.seq && now.commands === this.#seen.commands) return;
    for (const [p, id] of storage.rows(RELEASED)) this.#covers.get(nameOf(p))?.delete(String(id));
    // Another log: Register is whole again, and what it begins with was committed before.
    if (this.#seen.logId === null || now.logId === this.#seen.logId) {
      for (const row of storage.rows("select seq, t, type, p, body from changes where seq > ? order by seq", this.#seen.seq)) this.#take(row, at, t, told);
    }
    for (const [p, id, endsAt, until] of storage.rows(ACTIVE)) this.#cover(nameOf(p), String(id), endsAt as number | null, until as number | null);
    this.#seen = now;
  }

  #take([seq, rowT, type, p, body]: unknown[], at: number, now: Instant, told: Instant): void {
    this.committedAt.set(Number(seq), at);
    this.#trace.note("Register", "commits", `${seq} ${type} ${p ? toHex(p as Uint8Array) : body}`);
    const t = this.forgetful && Number(rowT) <= told ? Infinity : Number(rowT);
    if (type === "key") this.#observeKey(JSON.parse(String(body)).key, at);
    if (type === "released") this.#release(nameOf(p), { at, t, excluded: false }, now);
    if (type === "excluded") this.#turn(nameOf(p), { at, t, excluded: true });
  }

  #observeKey({ hash, state }: { hash: string; state: string }, at: number): void {
    const known = this.#keys.get(hash);
    if (!known) this.#keys.set(hash, { from: at, until: Infinity });
    else if (state === "revoked") known.until = Math.min(known.until, at);
  }

  #cover(p: string, id: string, endsAt: number | null, provisionalUntil: number | null): void {
    const covers = this.#covers.get(p) ?? new Map<string, number>();
    const end = Math.min(endsAt ?? Infinity, provisionalUntil ?? Infinity);
    covers.set(id, Math.max(covers.get(id) ?? 0, end));
    this.#covers.set(p, covers);
  }

  /** A Register that forgot an exclusion may release somebody who is still excluded: it does not count. */
  #release(p: string, turn: Turn, now: Instant): void {
    const covers = this.#covers.get(p);
    if (covers && [...covers.values()].some((end) => end > now)) return;
    this.#covers.delete(p);
    this.#turn(p, turn);
  }

  #turn(p: string, turn: Turn): void {
    const turns = this.#turns.get(p) ?? [];
    if ((turns.at(-1)?.excluded ?? false) !== turn.excluded) turns.push(turn);
    this.#turns.set(p, turns);
  }

  /** Whether a pseudonym was excluded, or not excluded, at any moment from `since` on. */
  wasEver(excluded: boolean, p: string, since: number): boolean {
    const turns = this.#turns.get(p) ?? [];
    const before = turns.findLast(({ at }) => at <= since)?.excluded ?? false;
    return before === excluded || turns.some((turn) => turn.at > since && turn.excluded === excluded);
  }

  /** Whether a pseudonym was excluded by Register's rows from before `t`, and nothing released it since. */
  wasExcludedBefore(p: string, t: Instant): boolean {
    const turns = this.#turns.get(p) ?? [];
    const before = turns.findLastIndex((turn) => turn.t < t);
    return before >= 0 && turns[before]!.excluded && turns.slice(before).every(({ excluded }) => excluded);
  }

  /** Whether a key was in force at some moment, or at every moment, from `since` to now. */
  keyHeld(hash: string, since: number, when: "ever" | "always", now: number): boolean {
    const { from, until } = this.#keys.get(hash) ?? { from: Infinity, until: Infinity };
    return when === "ever" ? from <= now && until > since : from <= since && until > now;
  }
}

interface Seen {
  logId: string | null;
  seq: number;
  t: Instant;
  commands: number;
}

/** How far Register is; null while it holds no log, or is being restored. */
function seenIn(storage: ObjectStorage): Seen | null {
  const [row] = storage.rows("select logId, seq, t, (select count(*) from commands) from head where not exists (select 1 from restoration)");
  return row ? { logId: String(row[0]), seq: Number(row[1]), t: Number(row[2]), commands: Number(row[3]) } : null;
}

/** A check as it was asked: who is meant by each token that can be read, and whether every one can be. */
export interface Asked {
  keyHash: string;
  people: string[];
  readable: boolean;
}

/** What is wrong with an answer given at true time `now`, in words; null when nothing is. */
export function faultOf(truth: Truth, { keyHash, people, readable }: Asked, outcome: Outcome, now: number): string | null {
  if (!outcome.ok) {
    if (outcome.problem !== "unauthenticated" || truth.forgetful) return null;
    return truth.keyHeld(keyHash, now - STALENESS_BOUND_MS, "always", now) ? "a key in force was refused" : null;
  }
  const { decision, maxStalenessMs, freshThrough } = outcome.answer;
  const since = now - maxStalenessMs;
  if (!truth.keyHeld(keyHash, since, "ever", now)) return "a key out of force was answered";
  if (decision === "excluded") {
    return truth.forgetful || people.some((p) => truth.wasEver(true, p, since)) ? null : "excluded, and nobody asked about was";
  }
  if (!readable) return "clear, and a token could not be read";
  if (maxStalenessMs > STALENESS_BOUND_MS) return "clear on data said to be older than the bound";
  if (people.some((p) => !truth.wasEver(false, p, now - STALENESS_BOUND_MS))) return "clear beyond the bound";
  if (people.some((p) => !truth.wasEver(false, p, since))) return "clear on data older than it said";
  if (people.some((p) => truth.wasExcludedBefore(p, Date.parse(freshThrough)))) return "clear without rows it said it had";
  return null;
}
