/** What a person who excludes themself was promised, with no state, no count and no row: what Register does is held against it. */
import { POLICIES, term } from "../../src/domains/exclusions/policies.ts";
import type { ChosenPolicy } from "../../src/domains/exclusions/policies.ts";
import { toHex } from "../../src/kernel/bytes.ts";
import { DAY, type Instant } from "../../src/kernel/clock.ts";
import { phone, typed } from "./register.ts";

const WAIT = 7 * DAY;
const OPEN = 30 * DAY;
const PROVISIONAL = 14 * DAY;

interface Person {
  /** Since they last had none. `waits`: for two acts, however long ago its end was. */
  promises: { end: number; waits: boolean }[];
  /** The first of two acts, unless they thought better of it. */
  askedAt: Instant | null;
  /** Until when each document counts; null waits for an officer, and counts never. */
  documents: Map<number, Instant | null>;
}

export class Promises {
  now: Instant;
  #persons: Map<number, Person>;

  constructor(now: Instant, persons: ReadonlyMap<number, Person> = new Map()) {
    this.now = now;
    this.#persons = new Map(persons);
  }

  /** The same promises, whatever becomes of these. */
  copy = (): Promises => new Promises(this.now, structuredClone(this.#persons));

  /** Everything they were promised since they last were free; null while they are. */
  #excluded(n: number): Person | null {
    const person = this.#persons.get(n);
    return person?.promises.some(({ end, waits }) => waits || end > this.now) ? person : null;
  }

  isExcluded = (n: number): boolean => this.#excluded(n) !== null;

  /** The latest end they were promised; Infinity has none. */
  end = (n: number): number => Math.max(...(this.#excluded(n)?.promises.map(({ end }) => end) ?? []));

  /** When something changes for them by itself, or can be changed by them. */
  moments(n: number): number[] {
    const asked = this.#asked(n);
    return [this.end(n), ...(asked === null ? [] : [asked + WAIT, asked + WAIT + OPEN])].filter((at) => Number.isFinite(at));
  }

  promise(n: number, policy: ChosenPolicy, document: number | null): void {
    const person: Person = this.#excluded(n) ?? { promises: [], askedAt: null, documents: new Map() };
    person.promises.push({ end: term(POLICIES[policy], this.now).endsAt ?? Infinity, waits: POLICIES[policy].endMode === "confirmed" });
    person.askedAt = null;
    if (document !== null && !person.documents.has(document)) {
      const another = [...person.documents.values()].some((until) => until === null || until > this.now);
      person.documents.set(document, another ? null : this.now + PROVISIONAL);
    }
    this.#persons.set(n, person);
  }

  /** The first act that still counts. */
  #asked(n: number): Instant | null {
    const askedAt = this.#excluded(n)?.askedAt ?? null;
    return askedAt !== null && this.now < askedAt + WAIT + OPEN ? askedAt : null;
  }

  #canEnd = (n: number): boolean => this.#excluded(n)?.promises.some(({ waits }) => waits) === true && this.end(n) <= this.now;

  askToEnd(n: number): boolean {
    if (!this.#canEnd(n)) return false;
    this.#persons.get(n)!.askedAt = this.#asked(n) ?? this.now;
    return true;
  }

  confirmEnding(n: number): boolean {
    const asked = this.#asked(n);
    return this.#canEnd(n) && asked !== null && this.now >= asked + WAIT && this.#persons.delete(n);
  }

  keep(n: number): boolean {
    if (this.#asked(n) === null) return false;
    this.#persons.get(n)!.askedAt = null;
    return true;
  }

  /** Every pseudonym that must be excluded, and no other, in hexadecimal. */
  covered(): string[] {
    const all = [...this.#persons.keys()].filter(this.isExcluded);
    const documents = all.flatMap((n) => [...this.#persons.get(n)!.documents].filter(([, until]) => until !== null && until > this.now));
    const ps = [...all.map((n) => phone(n)), ...documents.map(([document]) => typed(document))];
    return [...new Set(ps.map(({ p }) => toHex(p).toUpperCase()))].toSorted();
  }
}
