import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerable, EXCLUDED_GRACE_MS, Lease, STALENESS_BOUND_MS } from "../../src/check/lease.ts";

const T = 1_800_000_000_000;

/** A poll that was answered at once. */
const quick = (t: number, age: number, sentAt: number) => ({ t, age, sentAt, receivedAt: sentAt });

describe("a lease", () => {
  it("says nothing before the first poll", () => {
    expect(new Lease().staleness(T)).toBeNull();
  });

  it("counts from sending the poll, adds the copy's age, and a guard of 100 ms and 0.1 %", () => {
    const lease = new Lease();
    lease.renew(quick(T, 400, 10_000));
    expect(lease.staleness(10_000)).toBe(400 + 100 + 1);
    expect(lease.staleness(12_600)).toBe(3_000 + 100 + 3);
  });

  it("is not renewed by a poll that was overtaken by a newer one", () => {
    const lease = new Lease();
    lease.renew(quick(T + 300, 0, 10_300));
    expect(lease.renew({ t: T, age: 0, sentAt: 10_000, receivedAt: 10_350 })).toBe(true);
    expect(lease.sentAt).toBe(10_300);
    expect(lease.staleness(10_400)).toBe(100 + 100 + 1);
  });

  it("believes no clock that went back, until two polls have agreed", () => {
    const lease = new Lease();
    lease.renew(quick(T, 0, 10_000));
    expect(lease.staleness(11_000)).not.toBeNull();
    expect(lease.staleness(10_500)).toBeNull();
    lease.renew(quick(T + 700, 0, 10_700));
    expect(lease.staleness(10_700)).toBeNull();
    lease.renew(quick(T + 800, 0, 10_800));
    expect(lease.staleness(10_800)).toBe(100);
  });

  it("sees a clock that was set, forward or back, between two polls", () => {
    for (const jump of [-5_000, -252, 252, 60_000]) {
      const lease = new Lease();
      lease.renew(quick(T, 0, 100_000));
      expect(lease.renew(quick(T + 1_000, 0, 101_000 + jump))).toBe(false);
      expect(lease.staleness(101_000 + jump)).toBeNull();
      lease.renew(quick(T + 2_000, 0, 102_000 + jump));
      expect(lease.staleness(102_000 + jump)).toBeNull();
      lease.renew(quick(T + 3_000, 0, 103_000 + jump));
      expect(lease.staleness(103_000 + jump)).toBe(100);
    }
  });

  it("takes an answer that was long under way for slow, and not its clock for set", () => {
    for (const [toRegister, back] of [[900, 0], [0, 900], [450, 450]] as const) {
      const lease = new Lease();
      lease.renew(quick(T, 0, 100_000));
      expect(lease.renew({ t: T + 1_000 + toRegister, age: 0, sentAt: 101_000, receivedAt: 101_000 + toRegister + back })).toBe(true);
      expect(lease.staleness(102_000)).toBe(1_000 + 100 + 1);
      expect(lease.renew(quick(T + 3_000, 0, 103_000))).toBe(true);
    }
  });

  it("sees a clock set before a slow answer at the next quick one", () => {
    const lease = new Lease();
    lease.renew(quick(T, 0, 100_000));
    lease.renew({ t: T + 1_500, age: 0, sentAt: 100_700, receivedAt: 101_700 });
    expect(lease.renew(quick(T + 3_000, 0, 102_700))).toBe(false);
    expect(lease.staleness(102_700)).toBeNull();
  });

  it("sees a clock that was set back while a poll was under way", () => {
    const lease = new Lease();
    lease.renew(quick(T, 0, 100_000));
    expect(lease.renew({ t: T + 1_010, age: 0, sentAt: 101_000, receivedAt: 100_720 })).toBe(false);
    expect(lease.staleness(100_720)).toBeNull();
  });

  it("takes a difference of 250 ms for the network's", () => {
    const lease = new Lease();
    lease.renew(quick(T, 0, 100_000));
    expect(lease.renew(quick(T + 1_250, 0, 101_000))).toBe(true);
    expect(lease.renew(quick(T + 2_000, 0, 102_000))).toBe(true);
  });

  it("knows nothing once dropped", () => {
    const lease = new Lease();
    lease.renew(quick(T, 0, 10_000));
    lease.drop();
    expect(lease.staleness(10_001)).toBeNull();
  });
});

describe("what may be answered", () => {
  it.each([
    [null, "nothing"],
    [0, "everything"],
    [STALENESS_BOUND_MS, "everything"],
    [STALENESS_BOUND_MS + 1, "excluded"],
    [STALENESS_BOUND_MS + EXCLUDED_GRACE_MS, "excluded"],
    [STALENESS_BOUND_MS + EXCLUDED_GRACE_MS + 1, "nothing"],
  ] as const)("at %s ms: %s", (staleness, expected) => {
    expect(answerable(staleness)).toBe(expected);
  });
});

interface Step {
  pause: number;
  toReplica: number;
  back: number;
  replicaPolled: number;
  replicaToRegister: number;
  checkAfter: number;
}

/** One poll of an isolate, in real milliseconds: pauses and the legs of both journeys. */
const polls = (leg: number) =>
  fc.array(
    fc.record<Step>({
      pause: fc.integer({ min: 20, max: 4_000 }),
      toReplica: fc.nat(leg),
      back: fc.nat(leg),
      replicaPolled: fc.nat(1_500),
      replicaToRegister: fc.nat(100),
      checkAfter: fc.nat(6_000),
    }),
    { minLength: 2, maxLength: 12 },
  );
const ppm = fc.integer({ min: -500, max: 500 });

interface Held {
  stated: number | null;
  steady: boolean;
  truth: number;
  /** The isolate's clock was set between this poll's sending and the check. */
  setSince: boolean;
  sent: number;
  received: number;
}

/** Lives through the polls with an isolate's clock that is set by `step` at the real time `stepAt`, and drifts. */
function live(steps: Step[], [isolatePpm, replicaPpm]: [number, number], step = 0, stepAt = 0): Held[] {
  const isolate = (real: number) => Math.round(5_000_000 + real * (1 + isolatePpm * 1e-6)) + (real >= stepAt ? step : 0);
  const replica = (real: number) => Math.round(9_000_000 + real * (1 + replicaPpm * 1e-6));
  const lease = new Lease();
  const sendings = new Map<number, { truth: number; sent: number }>();
  let real = 10_000;
  return steps.map(({ pause, toReplica, back, replicaPolled, replicaToRegister, checkAfter }) => {
    const sent = (real += pause);
    const answered = sent + toReplica;
    const received = answered + back;
    const replicaSent = answered - replicaPolled - 2 * replicaToRegister;
    const truth = replicaSent + replicaToRegister;
    const age = Math.max(0, replica(answered) - replica(replicaSent));
    const steady = lease.renew({ t: truth, age, sentAt: isolate(sent), receivedAt: isolate(received) });
    sendings.set(isolate(sent), { truth, sent });
    real = received + checkAfter;
    const stated = lease.staleness(isolate(real));
    const held = sendings.get(lease.sentAt!)!;
    return { stated, steady, truth: real - held.truth, setSince: held.sent < stepAt && stepAt <= real, sent, received };
  });
}

describe("over any network and clocks that drift up to 500 ppm", () => {
  it("never states less than the true age of the data, and takes no slowness for a clock that was set", () => {
    fc.assert(
      fc.property(polls(700), fc.tuple(ppm, ppm), (steps, drift) => {
        for (const { stated, steady, truth } of live(steps, drift)) {
          expect(steady).toBe(true);
          expect(stated).toBeGreaterThanOrEqual(truth);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  const setClock = fc.record({
    step: fc.integer({ min: -60_000, max: 60_000 }).filter((ms) => ms !== 0),
    stepAt: fc.integer({ min: 10_000, max: 60_000 }),
  });

  it("states the true age also when the clock was set, from the first poll sent after that", () => {
    fc.assert(
      fc.property(polls(700), fc.tuple(ppm, ppm), setClock, (steps, drift, { step, stepAt }) => {
        for (const { stated, truth, setSince } of live(steps, drift, step, stepAt)) {
          if (stated !== null && !setSince) expect(stated).toBeGreaterThanOrEqual(truth);
          if (stated !== null && setSince) expect(stated + Math.max(0, -step)).toBeGreaterThanOrEqual(truth);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  /** Two answers of at most 80 ms each, a Replica's own poll, and 0.1 % of a minute. */
  const LONGEST = 2 * 80 + 100 + 60;

  it("sees every step of more than 250 ms and the time answers were under way", () => {
    fc.assert(
      fc.property(polls(40), fc.tuple(ppm, ppm), setClock, (steps, drift, { step, stepAt }) => {
        const lived = live(steps, drift, step, stepAt);
        const after = lived.find(({ sent }) => sent >= stepAt);
        fc.pre(lived[0]!.received < stepAt && after !== undefined && Math.abs(step) > 250 + LONGEST);
        expect(lived.some(({ stated, steady }) => !steady || stated === null)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
