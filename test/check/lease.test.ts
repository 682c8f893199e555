import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerable, EXCLUDED_GRACE_MS, Lease, STALENESS_BOUND_MS } from "../../src/check/lease.ts";

const T = 1_800_000_000_000;

describe("a lease", () => {
  it("says nothing before the first poll", () => {
    expect(new Lease().staleness(T)).toBeNull();
  });

  it("counts from sending the poll, adds the copy's age, and a guard of 100 ms and 0.1 %", () => {
    const lease = new Lease();
    lease.renew({ t: T, age: 400, sentAt: 10_000 });
    expect(lease.staleness(10_000)).toBe(400 + 100 + 1);
    expect(lease.staleness(12_600)).toBe(3_000 + 100 + 3);
  });

  it("is not renewed by a poll that was overtaken by a newer one", () => {
    const lease = new Lease();
    lease.renew({ t: T + 300, age: 0, sentAt: 10_300 });
    expect(lease.renew({ t: T, age: 0, sentAt: 10_000 })).toBe(true);
    expect(lease.sentAt).toBe(10_300);
    expect(lease.staleness(10_300)).toBe(100);
  });

  it("believes no clock that went back, until two polls have agreed", () => {
    const lease = new Lease();
    lease.renew({ t: T, age: 0, sentAt: 10_000 });
    expect(lease.staleness(11_000)).not.toBeNull();
    expect(lease.staleness(10_500)).toBeNull();
    lease.renew({ t: T + 700, age: 0, sentAt: 10_700 });
    expect(lease.staleness(10_700)).toBeNull();
    lease.renew({ t: T + 800, age: 0, sentAt: 10_800 });
    expect(lease.staleness(10_800)).toBe(100);
  });

  it("sees a clock that was set, forward or back, between two polls", () => {
    for (const jump of [-5_000, -251, 251, 60_000]) {
      const lease = new Lease();
      lease.renew({ t: T, age: 0, sentAt: 100_000 });
      expect(lease.renew({ t: T + 1_000, age: 0, sentAt: 101_000 + jump })).toBe(false);
      expect(lease.staleness(101_000 + jump)).toBeNull();
      lease.renew({ t: T + 2_000, age: 0, sentAt: 102_000 + jump });
      expect(lease.staleness(102_000 + jump)).toBeNull();
      lease.renew({ t: T + 3_000, age: 0, sentAt: 103_000 + jump });
      expect(lease.staleness(103_000 + jump)).toBe(100);
    }
  });

  it("takes a difference of 250 ms for the network's", () => {
    const lease = new Lease();
    lease.renew({ t: T, age: 0, sentAt: 100_000 });
    expect(lease.renew({ t: T + 1_250, age: 0, sentAt: 101_000 })).toBe(true);
    expect(lease.renew({ t: T + 2_000, age: 0, sentAt: 102_000 })).toBe(true);
  });

  it("knows nothing once dropped", () => {
    const lease = new Lease();
    lease.renew({ t: T, age: 0, sentAt: 10_000 });
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

/** One poll of an isolate, in real milliseconds: pauses and the legs of both journeys. */
const poll = fc.record({
  pause: fc.nat(4_000),
  toReplica: fc.nat(400),
  back: fc.nat(400),
  replicaPolled: fc.nat(1_500),
  replicaToRegister: fc.nat(200),
  checkAfter: fc.nat(6_000),
});

describe("over any network and clocks that drift up to 500 ppm", () => {
  it("never states less than the true age of the data", () => {
    const runs = fc.tuple(fc.array(poll, { minLength: 1, maxLength: 12 }), fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 }));
    fc.assert(
      fc.property(runs, ([polls, isolatePpm, replicaPpm]) => {
        const isolate = (real: number) => Math.round(5_000_000 + real * (1 + isolatePpm * 1e-6));
        const replica = (real: number) => Math.round(9_000_000 + real * (1 + replicaPpm * 1e-6));
        const lease = new Lease();
        const complete: { sentAt: number; truth: number }[] = [];
        let real = 10_000;
        for (const step of polls) {
          real += step.pause;
          const sent = real;
          const answered = sent + step.toReplica;
          const replicaSent = answered - step.replicaPolled - 2 * step.replicaToRegister;
          const truth = replicaSent + step.replicaToRegister;
          lease.renew({ t: truth, age: Math.max(0, replica(answered) - replica(replicaSent)), sentAt: isolate(sent) });
          complete.push({ sentAt: isolate(sent), truth });
          real = answered + step.back + step.checkAfter;
          const stated = lease.staleness(isolate(real));
          const held = complete.find(({ sentAt }) => sentAt === lease.sentAt)!;
          if (stated !== null) expect(stated).toBeGreaterThanOrEqual(real - held.truth);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
