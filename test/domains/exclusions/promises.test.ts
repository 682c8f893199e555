import fc from "fast-check";
import { expect, test } from "vitest";
import type { EndingApi } from "../../../src/domains/exclusions/ending-rpc.ts";
import type { TwoOfficers } from "../../../src/domains/exclusions/measures-rpc.ts";
import { type ChosenPolicy, POLICY_CODES } from "../../../src/domains/exclusions/policies.ts";
import { DAY, HOUR } from "../../../src/kernel/clock.ts";
import { officersAt, TWO } from "../../support/officers.ts";
import { Promises } from "../../support/promises.ts";
import { RegisterHere } from "../../support/register.ts";

/** How many orders of events are tried; `SEQUENCES=1000000` tries more. */
const SEQUENCES = Number(process.env.SEQUENCES ?? 20_000);

const PHONES = [1, 2, 3];

interface World {
  register: RegisterHere;
  promises: Promises;
  /** Gives the last command that was carried out again: it must answer the same. */
  again: () => void;
  /** What was carried out in any sequence. */
  done: Set<Step["act"]>;
}

/** What two officers decide: about somebody's own exclusion, or in a case. */
type OwnDecision = { phone: number; officers: TwoOfficers };
type CaseDecision = { name: string; officers: TwoOfficers };

type Step =
  | OwnDecision & ({ act: "review"; granted: boolean } | { act: "lengthen"; ends: number } | { act: "annul" } | { act: "object" })
  | CaseDecision & ({ act: "impose"; phone: number; ends: number; measure: number | null } | { act: "uphold"; ends: number } | { act: "dismiss" })
  | { act: "register"; phone: number; policy: ChosenPolicy; document: number | null }
  | { act: "extend"; phone: number; policy: ChosenPolicy }
  | { act: keyof EndingApi; phone: number; of: number }
  | { act: "wait"; ms: number }
  | { act: "wait-for"; phone: number; by: number }
  | { act: "repeat" };

const phone = fc.constantFrom(1, 1, 1, ...PHONES);
const policy = fc.constantFrom<ChosenPolicy>(...POLICY_CODES, "24h", "6m", "6m", "1y", "1y");
const ofAct = <Act extends string>(act: Act) => fc.constant(act);
const officers = fc.constantFrom<TwoOfficers>(TWO, TWO, TWO, TWO, ["officer 1", "officer 1"]);
const name = fc.constantFrom("CASE-1", "CASE-1", "CASE-2");
const ends = fc.constantFrom(Infinity, DAY, 20 * DAY, 40 * DAY, 400 * DAY, 2_000 * DAY);
const anOwn = { phone, officers };
const aCase = { name, officers };
const aDecision: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: ofAct("review"), granted: fc.boolean(), ...anOwn }) },
  { weight: 1, arbitrary: fc.record({ act: ofAct("lengthen"), ends: fc.constantFrom(-DAY, DAY, 500 * DAY, 1_800 * DAY, 2_000 * DAY), ...anOwn }) },
  { weight: 3, arbitrary: fc.record({ act: ofAct("annul"), ...anOwn }) },
  { weight: 1, arbitrary: fc.record({ act: ofAct("object"), ...anOwn }) },
  { weight: 3, arbitrary: fc.record({ act: ofAct("impose"), phone, ends, measure: fc.constantFrom(null, DAY, 20 * DAY, 30 * DAY, 31 * DAY), ...aCase }) },
  { weight: 2, arbitrary: fc.record({ act: ofAct("uphold"), ends, ...aCase }) },
  { weight: 2, arbitrary: fc.record({ act: ofAct("dismiss"), ...aCase }) },
);
const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 7, arbitrary: aDecision },
  { weight: 4, arbitrary: fc.record({ act: ofAct("register"), phone, policy, document: fc.constantFrom(null, null, 1, 2) }) },
  { weight: 2, arbitrary: fc.record({ act: ofAct("extend"), phone, policy }) },
  // Most act on their own exclusion, some on another's.
  { weight: 8, arbitrary: fc.tuple(fc.constantFrom<keyof EndingApi>("askToEnd", "confirmEnding", "confirmEnding", "askToEnd", "keep"), phone, fc.constantFrom(0, 0, 0, 0, 1))
    .map(([act, n, off]) => ({ act, phone: n, of: (n - 1 + off) % PHONES.length + 1 })) },
  { weight: 2, arbitrary: fc.record({ act: ofAct("wait"), ms: fc.constantFrom(1, HOUR, DAY, 7 * DAY, 20 * DAY, 400 * DAY) }) },
  // To just before, at and just after the moments on which something hangs.
  { weight: 7, arbitrary: fc.record({ act: ofAct("wait-for"), phone, by: fc.constantFrom(-1, 0, 0, 1) }) },
  { weight: 1, arbitrary: fc.record({ act: ofAct("repeat") }) },
);

/** Gives a command, holds its answer against what is expected, and gives it again when asked to. */
function give<Answer extends { ok: boolean }>(world: World, command: () => Answer, expected: boolean): Answer {
  const answer = command();
  expect(answer.ok).toBe(expected);
  if (answer.ok) world.again = () => expect(command()).toEqual(answer);
  return answer;
}

/** Their own newest: what officers imposed stands beside it. */
const referenceOf = ({ register }: World, n: number): string => register.receipts(n).find(({ origin }) => origin === "self")?.reference ?? "NSER-0000000000";

type Officers = ReturnType<typeof officersAt>;

/** A decision about somebody's own exclusion: one person twice decides nothing. */
function decide(world: World, { phone: n, officers: two }: OwnDecision, act: (by: Officers, command: { commandId: string; reference: string }) => { ok: boolean }, expected: () => boolean): void {
  const command = { commandId: crypto.randomUUID(), reference: referenceOf(world, n) };
  give(world, () => act(officersAt(world.register, { officers: two }), command), two[0] !== two[1] && expected());
}

function decideCase(world: World, { name: caseReference, officers: two }: CaseDecision, act: (by: Officers, commandId: string) => { ok: boolean }, expected: () => boolean): void {
  const commandId = crypto.randomUUID();
  give(world, () => act(officersAt(world.register, { caseReference, officers: two }), commandId), two[0] !== two[1] && expected());
}

const endOf = (ahead: number, { promises }: World): number => promises.now + ahead;
const instantOf = (end: number): number | null => (end === Infinity ? null : end);

/** What takes a step in both, and compares what they answer. */
const ACTS: { [Act in Step["act"]]: (step: Extract<Step, { act: Act }>, world: World) => void } = {
  "register": ({ phone: n, policy: chosen, document }, world) => {
    world.promises.promise(n, chosen, document);
    const answer = give(world, world.register.toRegister(n, chosen, document), true);
    expect(answer.ok && (answer.receipt.endsAt ?? Infinity)).toBe(world.promises.end(n));
  },
  "extend": ({ phone: n, policy: chosen }, world) => {
    const excluded = world.promises.isExcluded(n);
    if (excluded) world.promises.promise(n, chosen, null);
    give(world, world.register.toExtend(n, chosen), excluded);
  },
  "askToEnd": actToEnd, "confirmEnding": actToEnd, "keep": actToEnd,
  "review": (step, world) => decide(world, step, (by, command) => by.review({ ...command, granted: step.granted }), () => world.promises.review(step.phone, step.granted)),
  "lengthen": (step, world) => {
    const endsAt = endOf(step.ends, world);
    decide(world, step, (by, command) => by.lengthenTo({ ...command, endsAt }), () => world.promises.lengthenTo(step.phone, endsAt));
  },
  "annul": (step, world) => decide(world, step, (by, command) => by.beginAnnulment(command), () => world.promises.annul(step.phone)),
  // One is enough to object.
  "object": (step, world) => decide(world, { ...step, officers: TWO }, (by, command) => by.stopAnnulment({ ...command, by: step.officers[0] }), () => world.promises.object(step.phone)),
  "impose": (step, world) => {
    const [end, until] = [endOf(step.ends, world), step.measure && endOf(step.measure, world)];
    const more = { endsAt: instantOf(end), measureUntil: until };
    decideCase(world, step, (by, commandId) => by.impose(step.phone, { commandId, ...more }), () => world.promises.impose(step.name, step.phone, end, until));
  },
  "uphold": (step, world) => {
    const end = endOf(step.ends, world);
    decideCase(world, step, (by, commandId) => by.uphold({ commandId, endsAt: instantOf(end) }), () => world.promises.uphold(step.name, end));
  },
  "dismiss": (step, world) => decideCase(world, step, (by, commandId) => by.dismiss({ commandId }), () => world.promises.dismiss(step.name)),
  "wait": ({ ms }, world) => wait(world, ms),
  "wait-for": ({ phone: n, by }, world) => {
    const { now } = world.promises;
    const ahead = world.promises.moments(n).map((at) => at + by).filter((at) => at > now);
    wait(world, ahead.length > 0 ? Math.min(...ahead) - now : 1);
  },
  "repeat": (_, { again }) => again(),
};

function actToEnd({ act, phone: n, of }: Extract<Step, { act: keyof EndingApi }>, world: World): void {
  const expected = n === of && world.promises[act](n);
  give(world, world.register.toAct(act, n, referenceOf(world, of)), expected);
}

function wait({ register, promises }: World, ms: number): void {
  register.wait(ms);
  promises.now += ms;
}

function take(step: Step, world: World): void {
  const { again } = world;
  (ACTS[step.act] as (step: Step, world: World) => void)(step, world);
  if (world.again !== again) world.done.add(step.act);
  expect(world.register.covered()).toEqual(world.promises.covered());
}

/** What took each exclusion out of force that is not in force any more, by the audit log. */
const WAYS_OUT = "select e.reference, e.state, (select json_group_array(a.action) from audit a where a.resource = e.reference "
  + "and json_extract(a.payload, '$.state') = e.state) ways from exclusions e where e.state not in ('active', 'ending', 'provisional', 'annulling')";

function checkWaysOut({ register }: World): void {
  for (const { state, ways } of register.rows(WAYS_OUT)) {
    const lapsed = state === "dismissed" ? ["exclusion.measure-lapsed"] : [];
    expect([`exclusion.${String(state)}`, ...lapsed].map((way) => JSON.stringify([way]))).toContain(ways);
  }
}

/** The ways to an end, of which chance finds little: by two acts, after a review, and by an annulment. */
const aCourse: fc.Arbitrary<Step[]> = fc.oneof(endingCourse(), reviewCourse(), annulmentCourse());

function endingCourse(): fc.Arbitrary<Step[]> {
  return fc.record({ phone, policy: fc.constantFrom<ChosenPolicy>("6m", "1y"), by: fc.constantFrom(0, 1), length: fc.integer({ min: 0, max: 5 }) })
    .map(({ phone: n, policy: chosen, by, length }): Step[] => [
      { act: "register", phone: n, policy: chosen, document: 1 } as const, { act: "wait-for", phone: n, by } as const, { act: "askToEnd", phone: n, of: n } as const,
      { act: "wait-for", phone: n, by } as const, { act: "confirmEnding", phone: n, of: n } as const,
    ].slice(0, length));
}

function reviewCourse(): fc.Arbitrary<Step[]> {
  return fc.record({ phone, by: fc.constantFrom(0, 1), length: fc.integer({ min: 3, max: 6 }) }).map(({ phone: n, by, length }): Step[] => [
    { act: "register", phone: n, policy: "permanent", document: null } as const, { act: "wait-for", phone: n, by } as const,
    { act: "review", phone: n, granted: true, officers: TWO } as const, { act: "askToEnd", phone: n, of: n } as const,
    { act: "wait", ms: 7 * DAY } as const, { act: "confirmEnding", phone: n, of: n } as const,
  ].slice(0, length));
}

function annulmentCourse(): fc.Arbitrary<Step[]> {
  return fc.record({ phone, by: fc.constantFrom(-1, 0), length: fc.integer({ min: 2, max: 3 }) }).map(({ phone: n, by, length }): Step[] => [
    { act: "register", phone: n, policy: "1y", document: 1 } as const, { act: "annul", phone: n, officers: TWO } as const, { act: "wait-for", phone: n, by } as const,
  ].slice(0, length));
}

const STEPS = 10;
const OTHERS = 3;
const SEQUENCES_A_TREE = STEPS * OTHERS + 1;
/** Each event that was taken might have been another: every one of `others` is tried where it stands, and then never happened. */
const aTree = fc.tuple(aCourse, fc.array(aStep, { minLength: STEPS, maxLength: STEPS }), fc.array(fc.tuple(aStep, aStep, aStep), { minLength: STEPS, maxLength: STEPS }))
  .map(([course, more, others]) => [...course, ...more].slice(0, STEPS).map((step, at) => ({ step, others: others[at]! })));

test(`whatever happens, in any order: whoever was promised is excluded to the promised end, and beyond it until two acts (${SEQUENCES} sequences)`, () => {
  const register = new RegisterHere();
  const done = new Set<Step["act"]>();
  const grows = fc.property(aTree, (tree) => register.trying(() => {
    const world: World = { register, promises: new Promises(register.now), again: () => undefined, done };
    for (const { step, others } of tree) {
      for (const other of others) register.trying(() => take(other, { ...world, promises: world.promises.copy() }));
      take(step, world);
    }
    checkWaysOut(world);
  }));
  fc.assert(grows, { numRuns: Math.ceil(SEQUENCES / SEQUENCES_A_TREE) });
  expect([...done].toSorted(), "each act was carried out in some sequence").toEqual(Object.keys(ACTS).filter((act) => !["wait", "wait-for", "repeat"].includes(act)).toSorted());
}, 600_000);
