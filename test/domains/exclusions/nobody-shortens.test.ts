import fc from "fast-check";
import { expect, test } from "vitest";
import type { TwoOfficers } from "../../../src/domains/exclusions/measures-rpc.ts";
import type { EndMode } from "../../../src/domains/exclusions/policies.ts";
import { POLICY_CODES } from "../../../src/domains/exclusions/policies.ts";
import type { ExclusionState } from "../../../src/domains/exclusions/model.ts";
import { DAY, HOUR, type Instant } from "../../../src/kernel/clock.ts";
import { COOLING_HOURS, officersAt, shownDocument, shownPhone, TWO } from "../../support/officers.ts";
import { pseudonym, RegisterHere } from "../../support/register.ts";

type Row = {
  reference: string; origin: string; state: ExclusionState; endMode: EndMode; caseReference: string | null;
  endsAt: Instant | null; measureUntil: Instant | null; endedAt: Instant | null;
};

const IN_FORCE: readonly ExclusionState[] = ["active", "ending", "provisional", "annulling"];
const endOf = ({ endsAt }: Pick<Row, "endsAt">): number => endsAt ?? Infinity;

/** What must hold between two looks at an exclusion, from what its rows and the officers' accepted commands said, and no rule of the product. */
class Watched {
  readonly #register: RegisterHere;
  #seen = new Map<string, Row>();
  /** When two officers began to annul it, by its reference. */
  readonly begun = new Map<string, Instant>();
  /** The cases two officers dismissed. */
  readonly dismissed = new Set<string>();

  constructor(register: RegisterHere) {
    this.#register = register;
  }

  get references(): string[] {
    return [...this.#seen.keys()];
  }

  /** What is wrong since the last look; nothing, if all is well. */
  look(): string[] {
    const rows = this.#register.rows("select * from exclusions order by rowid") as Row[];
    const wrongs = rows.flatMap((row) => {
      const before = this.#seen.get(row.reference) ?? row;
      if (row.endedAt !== null && before.endedAt === row.endedAt) return [];
      const wrong = row.origin === "self" ? this.#ofOwn(row, before) : this.#ofImposed(row, before);
      return wrong === null ? [] : [`${row.origin} ${row.state}: ${wrong}`];
    });
    this.#seen = new Map(rows.map((row) => [row.reference, row]));
    return [...wrongs, ...this.#ofCover()];
  }

  #ofOwn(row: Row, before: Row): string | null {
    if (endOf(row) < endOf(before)) return "the promised end came nearer";
    if (before.endMode === "confirmed" && row.endMode !== "confirmed") return "it ends without its holder";
    if (IN_FORCE.includes(row.state)) return null;
    if (row.state === "ended") return row.endMode === "automatic" && row.endedAt! >= endOf(before) ? null : "ended before its time";
    const annulsAt = (this.begun.get(row.reference) ?? Infinity) + COOLING_HOURS * HOUR;
    return row.state === "annulled" && row.endedAt! >= annulsAt ? null : "over without two officers and the time to object";
  }

  #ofImposed(row: Row, before: Row): string | null {
    const upheld = before.state === "provisional" && row.state === "active";
    if (endOf(row) < (upheld ? before.measureUntil! : endOf(before))) return "the promised end came nearer";
    if (IN_FORCE.includes(row.state)) return null;
    if (row.state === "ended") return row.endedAt! >= endOf(before) ? null : "ended before its time";
    const lapsed = before.state === "provisional" && row.endedAt! >= before.measureUntil!;
    return row.state === "dismissed" && (lapsed || this.dismissed.has(row.caseReference!)) ? null : "over without two officers";
  }

  /** Whoever's exclusion is in force is excluded by all that stands in it, and nobody else. */
  #ofCover(): string[] {
    const states = IN_FORCE.map((state) => `'${state}'`).join(", ");
    const inForce = `select p, count(*) as exclusions from exclusionIdentifiers join exclusions on id = exclusionId
      where standing in ('firm', 'provisional') and state in (${states}) group by p`;
    const difference = `select p, exclusions from covered except ${inForce}`;
    const missing = `select * from (${inForce}) except select p, exclusions from covered`;
    return [difference, missing].flatMap((query) => this.#register.rows(query)).map(() => "covered otherwise than exclusions say");
  }
}

const act = <Act extends string>(name: Act) => fc.constant(name);
const aPhone = fc.integer({ min: 1, max: 3 });
const aDocument = fc.constantFrom(null, 1, 1, 2);
const aCase = fc.constantFrom("CS-1", "CS-2", "CS-3");
const anEnd = fc.constantFrom(null, -1, 1, 13, 31, 400, 1_500, 1_900).map((days) => days && days * DAY);
const aMeasure = fc.constantFrom(null, null, -1, 1, 14, 30, 31).map((days) => days && days * DAY);
const aWait = fc.constantFrom(1, HOUR, DAY, COOLING_HOURS * HOUR - 1, COOLING_HOURS * HOUR, 14 * DAY, 31 * DAY, 1_100 * DAY, 1_100 * DAY);
const officers = fc.constantFrom<TwoOfficers>(TWO, TWO, TWO, ["officer 2", "officer 1"], ["officer 1", "officer 1"]);
/** Any of the exclusions there are, own and imposed. */
const which = fc.nat({ max: 3 });
/** Most of what officers may do is about those. */
const PERMANENT = ["permanent", "permanent", "permanent"] as const;

const aStep = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: act("register"), phone: aPhone, policy: fc.constantFrom(...POLICY_CODES, ...PERMANENT), document: aDocument }) },
  { weight: 4, arbitrary: fc.record({ act: act("wait"), ms: aWait }) },
  { weight: 2, arbitrary: fc.record({ act: act("impose"), phone: aPhone, document: aDocument, caseReference: aCase, ends: anEnd, measure: aMeasure, officers }) },
  { weight: 1, arbitrary: fc.record({ act: act("uphold"), caseReference: aCase, ends: anEnd, officers }) },
  { weight: 1, arbitrary: fc.record({ act: act("dismiss"), caseReference: aCase, officers }) },
  { weight: 2, arbitrary: fc.record({ act: act("review"), which, granted: fc.boolean(), officers }) },
  { weight: 1, arbitrary: fc.record({ act: act("lengthen"), which, ends: anEnd, officers }) },
  { weight: 2, arbitrary: fc.record({ act: act("annul"), which, officers }) },
  { weight: 1, arbitrary: fc.record({ act: act("object"), which }) },
  { weight: 1, arbitrary: fc.record({ act: act("annul document"), phone: fc.boolean(), number: fc.constantFrom(1, 2), officers }) },
);
type Step = typeof aStep extends fc.Arbitrary<infer One> ? One : never;

/** Does a step, valid or not; answers whether Register did it. */
function take(step: Exclude<Step, { act: "wait" | "register" }>, register: RegisterHere, watched: Watched): boolean {
  const two = officersAt(register, "officers" in step ? step : {});
  const reference = "which" in step ? (watched.references[step.which % watched.references.length] ?? "NSER-0") : "";
  const at = (ms: number | null): Instant | null => ms && register.now + ms;
  switch (step.act) {
    case "impose": {
      const identifiers = [shownPhone(step.phone), ...(step.document ? [shownDocument(step.document)] : [])] as [ReturnType<typeof shownPhone>];
      return two.impose(step.phone, { identifiers, endsAt: at(step.ends), measureUntil: at(step.measure) }).ok;
    }
    case "uphold": return two.uphold({ endsAt: at(step.ends) }).ok;
    case "dismiss": {
      const { ok } = two.dismiss();
      if (ok) watched.dismissed.add(step.caseReference);
      return ok;
    }
    case "review": return two.review({ reference, granted: step.granted }).ok;
    case "lengthen": return two.lengthenTo({ reference, endsAt: at(step.ends) ?? 0 }).ok;
    case "annul": {
      const { ok } = two.beginAnnulment({ reference });
      if (ok) watched.begun.set(reference, register.now);
      return ok;
    }
    case "object": {
      const { ok } = two.stopAnnulment({ reference, by: "officer 3" });
      if (ok) watched.begun.delete(reference);
      return ok;
    }
    case "annul document": return two.annulDocument({ p: step.phone ? pseudonym(step.number) : shownDocument(step.number).p }).ok;
  }
}

/** Takes the steps and answers what was wrong after each, and adds what Register did to `done`. */
function walk(steps: readonly Step[], done: Set<string>): string[] {
  const register = new RegisterHere();
  const watched = new Watched(register);
  return steps.flatMap((step) => {
    if (step.act === "wait") register.wait(step.ms);
    else if (step.act === "register") register.register(step.phone, step.policy, step.document);
    else if (take(step, register, watched)) {
      done.add(step.act);
      if ("officers" in step && step.officers[0] === step.officers[1]) return [`one officer was enough to ${step.act}`];
    }
    return watched.look();
  });
}

const VERBS = ["annul", "annul document", "dismiss", "impose", "lengthen", "object", "review", "uphold"];

test("whatever officers do, in any order: one's own ends at its promised end, or is annulled by two after all of the time to object", () => {
  const done = new Set<string>();
  fc.assert(fc.property(fc.array(aStep, { minLength: 6, maxLength: 16 }), (steps) => {
    expect(walk(steps, done)).toEqual([]);
  }), { numRuns: 1_000 });
  expect([...done].toSorted(), "each verb was carried out in some sequence").toEqual(VERBS);
}, 120_000);
