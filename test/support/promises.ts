/**
 * What persons were promised, and what officers decided, with no state, no count and no row: what Register does is held against it.
 */
import { POLICIES, term } from "../../src/domains/exclusions/policies.ts";
import type { ChosenPolicy } from "../../src/domains/exclusions/policies.ts";
import { toHex } from "../../src/kernel/bytes.ts";
import { DAY, HOUR, type Instant } from "../../src/kernel/clock.ts";
import { periodEnd } from "../../src/kernel/periods.ts";
import { phone, typed } from "./register.ts";

const WAIT = 7 * DAY;
const OPEN = 30 * DAY;
const PROVISIONAL = 14 * DAY;
const COOLING = 72 * HOUR;
const FIVE_YEARS = { unit: "years", count: 5, minimumDays: 1825 } as const;

interface Person {
  /** Since they last had none. `waits`: for two acts, however long ago its end was. */
  promises: { end: number; waits: boolean }[];
  /** The first of two acts, unless they thought better of it. */
  askedAt: Instant | null;
  /** Until when each document counts; null waits for an officer, and counts never. */
  documents: Map<number, Instant | null>;
  /** Of somebody who was promised no end: when officers can review it, and whether they granted it. */
  review: { from: Instant; granted: boolean } | null;
  /** When it turns out never to have been theirs, unless somebody objects. */
  annulsAt: Instant | null;
}

/** What officers imposed in a case. */
interface Imposed {
  on: number;
  end: number;
  /** A measure until then; null for good. */
  measureUntil: Instant | null;
  dismissed: boolean;
}

export class Promises {
  now: Instant;
  #persons: Map<number, Person>;
  /** By case: each imposes once. */
  #imposed: Map<string, Imposed>;

  constructor(now: Instant, persons: ReadonlyMap<number, Person> = new Map(), imposed: ReadonlyMap<string, Imposed> = new Map()) {
    this.now = now;
    this.#persons = new Map(persons);
    this.#imposed = new Map(imposed);
  }

  /** The same promises, whatever becomes of these. */
  copy = (): Promises => new Promises(this.now, structuredClone(this.#persons), structuredClone(this.#imposed));

  /** Everything they were promised since they last were free; null while they are. */
  #excluded(n: number): Person | null {
    const person = this.#persons.get(n);
    if (person && person.annulsAt !== null && person.annulsAt <= this.now) return null;
    return person?.promises.some(({ end, waits }) => waits || end > this.now) ? person : null;
  }

  isExcluded = (n: number): boolean => this.#excluded(n) !== null;

  /** The latest end they were promised; Infinity has none. */
  end = (n: number): number => Math.max(...(this.#excluded(n)?.promises.map(({ end }) => end) ?? []));

  /** When something changes for them by itself, or can be changed by them. */
  moments(n: number): number[] {
    const asked = this.#asked(n);
    const { review = null, annulsAt = null } = this.#excluded(n) ?? {};
    const imposed = [...this.#imposed.values()].filter(({ on }) => on === n).flatMap(({ end, measureUntil }) => [end, measureUntil ?? end]);
    return [this.end(n), ...(asked === null ? [] : [asked + WAIT, asked + WAIT + OPEN]), review?.from ?? Infinity, annulsAt ?? Infinity, ...imposed]
      .filter((at) => Number.isFinite(at));
  }

  promise(n: number, policy: ChosenPolicy, document: number | null): void {
    const person: Person = this.#excluded(n) ?? { promises: [], askedAt: null, documents: new Map(), review: null, annulsAt: null };
    const { endsAt, reviewAt } = term(POLICIES[policy], this.now);
    person.promises.push({ end: endsAt ?? Infinity, waits: POLICIES[policy].endMode === "confirmed" });
    if (endsAt === null) person.review ??= { from: reviewAt!, granted: false };
    Object.assign(person, { askedAt: null, annulsAt: null });
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

  #canEnd(n: number): boolean {
    const person = this.#excluded(n);
    if (!person || person.annulsAt !== null || !person.promises.some(({ waits }) => waits)) return false;
    return person.review === null ? this.end(n) <= this.now : person.review.granted;
  }

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

  review(n: number, granted: boolean): boolean {
    const person = this.#excluded(n);
    if (!person?.review || person.review.granted || person.annulsAt !== null || this.now < person.review.from) return false;
    if (granted) person.review.granted = true;
    else person.review.from = periodEnd(this.now, POLICIES.permanent.reviewAgainAfter!);
    return true;
  }

  lengthenTo(n: number, end: Instant): boolean {
    const person = this.#excluded(n);
    if (!person || end <= this.end(n) || !this.#isAhead(end)) return false;
    person.promises.push({ end, waits: person.promises.some(({ waits }) => waits) });
    Object.assign(person, { askedAt: null, annulsAt: null });
    return true;
  }

  annul(n: number): boolean {
    const person = this.#excluded(n);
    if (!person || person.annulsAt !== null) return false;
    Object.assign(person, { askedAt: null, annulsAt: this.now + COOLING });
    return true;
  }

  object(n: number): boolean {
    const person = this.#excluded(n);
    if (!person || person.annulsAt === null) return false;
    person.annulsAt = null;
    return true;
  }

  #isAhead = (end: number): boolean => end > this.now && (end === Infinity || end <= periodEnd(this.now, FIVE_YEARS));

  impose(name: string, on: number, end: number, measureUntil: Instant | null): boolean {
    const isMeasure = measureUntil === null || (measureUntil > this.now && measureUntil <= this.now + 30 * DAY && measureUntil <= end);
    if (this.#imposed.has(name) || !this.#isAhead(end) || !isMeasure) return false;
    this.#imposed.set(name, { on, end, measureUntil, dismissed: false });
    return true;
  }

  #stands(name: string): Imposed | null {
    const imposed = this.#imposed.get(name);
    return imposed && !imposed.dismissed && (imposed.measureUntil ?? imposed.end) > this.now ? imposed : null;
  }

  uphold(name: string, end: number): boolean {
    const imposed = this.#stands(name);
    if (!imposed || imposed.measureUntil === null || end < imposed.measureUntil || !this.#isAhead(end)) return false;
    Object.assign(imposed, { end, measureUntil: null });
    return true;
  }

  dismiss(name: string): boolean {
    const imposed = this.#stands(name);
    if (!imposed) return false;
    imposed.dismissed = true;
    return true;
  }

  /** Every pseudonym that must be excluded, and no other, in hexadecimal. */
  covered(): string[] {
    const imposed = [...this.#imposed.keys()].map((name) => this.#stands(name)).filter((one) => one !== null);
    const all = [...this.#persons.keys()].filter(this.isExcluded);
    const documents = all.flatMap((n) => [...this.#persons.get(n)!.documents].filter(([, until]) => until !== null && until > this.now));
    const ps = [...[...all, ...imposed.map(({ on }) => on)].map((n) => phone(n)), ...documents.map(([document]) => typed(document))];
    return [...new Set(ps.map(({ p }) => toHex(p).toUpperCase()))].toSorted();
  }
}
