import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ACKNOWLEDGED_STATES, type AcknowledgedState } from "../../../../src/domains/operators/acknowledgements/model.ts";
import { owedAfter } from "../../../../src/domains/operators/acknowledgements/rules.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../../../src/kernel/clock.ts";
import { aTalkingFeed, person, said, T0 } from "../../../support/acknowledging.ts";

describe("a batch", () => {
  it("is kept whole: the earliest time of each state, and how far the events were worked through", async () => {
    const { tell, pull, say, kept, clock, audited } = aTalkingFeed();
    tell("exclusion.started", 1);
    tell("exclusion.started", 2);
    pull(1, 2);
    clock.now += MINUTE;
    const answer = await say({ handledThrough: 2, acknowledgements: [said(1, "session_ended", T0 + 5_000), said(1, "account_closed", T0 + 6_000), said(1, "session_ended", T0 + 4_000)] });
    expect(answer).toEqual({ ok: true, taken: { handledThrough: 2, recorded: 3, unchanged: 0, notExcluded: [] } });
    expect(kept()).toEqual({ customers: [{ sequence: 1, person: 1, owing: true }], said: [`1 account_closed ${T0 + 6_000}`, `1 session_ended ${T0 + 4_000}`] });
    expect(audited()).toMatchObject([{ action: "events.acknowledged", resource: "operator/acme01", commandId: "c1" }]);
    expect(JSON.parse(audited()[0]!.payload)).toMatchObject({ handledThrough: 2, recorded: 3, states: { session_ended: 2, account_closed: 1 } });
  });

  it("said again is no change, nor is a later time, nor going back; and leaves no entry", async () => {
    const { tell, pull, say, kept, audited, clock } = aTalkingFeed();
    tell("exclusion.started", 1);
    pull(1, 1);
    clock.now += MINUTE;
    await say({ handledThrough: 1, acknowledgements: [said(1, "session_ended", T0 + 5_000)] });
    const before = kept();
    for (const again of [{ handledThrough: 1, acknowledgements: [said(1, "session_ended", T0 + 5_000)] }, { handledThrough: 0, acknowledgements: [said(1, "session_ended", T0 + 9_000)] }]) {
      expect(await say(again)).toEqual({ ok: true, taken: { handledThrough: 1, recorded: 0, unchanged: 1, notExcluded: [] } });
    }
    expect([kept(), audited().length]).toEqual([before, 1]);
    await say({ acknowledgements: [said(1, "session_ended", T0 + 1_000)] });
    expect(kept().said).toEqual([`1 session_ended ${T0 + 1_000}`]);
  });

  it("of which a part cannot be taken is not kept at all, and each such part is named", async () => {
    const { tell, pull, say, kept, audited, clock } = aTalkingFeed();
    tell("exclusion.started", 1);
    pull(1, 1);
    clock.now += MINUTE;
    const acknowledgements = [said(1, "session_ended", T0 + 5_000), said(1, "account_closed", clock.now + 11_000), said(1, "balance_returned", T0 - 11_000), said(9, "session_ended", clock.now + DAY)];
    expect(await say({ handledThrough: 2, acknowledgements })).toEqual({
      ok: false, refusal: "refused",
      parts: [{ place: 1, refusal: "in-the-future" }, { place: 2, refusal: "before-the-event" }, { place: 3, refusal: "in-the-future" }, { place: null, refusal: "not-received" }],
    });
    expect([kept(), audited()]).toEqual([{ customers: [], said: [] }, []]);
  });

  it("answers a repeated command what it answered first, and refuses it with other content", async () => {
    const { tell, acknowledging, batchOf, clock } = aTalkingFeed();
    tell("exclusion.started", 1);
    clock.now += MINUTE;
    const batch = batchOf({ acknowledgements: [said(1, "session_ended", T0)] });
    const first = await acknowledging.acknowledge(batch);
    expect(await acknowledging.acknowledge(batch)).toEqual(first);
    expect(await acknowledging.acknowledge({ ...batch, fingerprint: "another" })).toEqual({ ok: false, refusal: "command-reused" });
  });

  it("keeps nothing of who is not excluded: never, or not any more", async () => {
    const { tell, say, kept, clock } = aTalkingFeed();
    tell("exclusion.started", 1);
    tell("exclusion.ended", 1);
    clock.now += MINUTE;
    const answer = await say({ acknowledgements: [said(1, "session_ended", T0), said(2, "session_ended", T0)] });
    expect(answer).toMatchObject({ ok: true, taken: { recorded: 0, notExcluded: [0, 1] } });
    expect(kept()).toEqual({ customers: [], said: [] });
  });

  it("about somebody of whom the feed has not heard makes it catch up first; while it cannot, nothing is said to be kept", async () => {
    const { tell, say, kept, clock, unheard, state } = aTalkingFeed();
    clock.now += MINUTE;
    unheard.push(() => void tell("exclusion.started", 1, T0));
    state.away = true;
    await expect(say({ acknowledgements: [said(1, "session_ended", T0)] })).rejects.toThrow("no Replica");
    state.away = false;
    expect(await say({ acknowledgements: [said(1, "session_ended", T0)] })).toMatchObject({ ok: true, taken: { recorded: 1 } });
    expect(kept().said).toHaveLength(1);
    const { catches } = state;
    await say({ acknowledgements: [said(1, "account_closed", T0)] });
    expect(state.catches).toBe(catches);
  });

  it("of which two come at once is the same as one after the other", async () => {
    const { tell, say, kept, clock } = aTalkingFeed();
    tell("exclusion.started", 1);
    clock.now += MINUTE;
    const answers = await Promise.all([say({ acknowledgements: [said(1, "session_ended", T0 + 2_000)] }), say({ acknowledgements: [said(1, "session_ended", T0 + 1_000)] })]);
    expect(answers.map((answer) => answer.ok && answer.taken.recorded)).toEqual([1, 1]);
    expect(kept().said).toEqual([`1 session_ended ${T0 + 1_000}`]);
  });

  it("names a person by any of a lineage's pseudonyms", async () => {
    const { tell, say, kept, clock } = aTalkingFeed();
    tell("exclusion.started", 5);
    clock.now += MINUTE;
    await say({ acknowledgements: [{ ps: [person(4), person(5)], state: "session_ended", at: T0 }] });
    expect(kept().customers).toMatchObject([{ person: 5 }]);
  });
});

describe("what was said", () => {
  it("stays as long as the exclusion does, and goes when its end leaves the feed", async () => {
    const { tell, say, kept, clock, forget } = aTalkingFeed();
    tell("exclusion.started", 1);
    tell("exclusion.started", 2);
    await say({ acknowledgements: [said(1, "session_ended", T0), said(2, "session_ended", T0)] });
    clock.now += 60 * DAY;
    forget();
    expect(kept().customers).toHaveLength(2);
    // Its beginning left the feed, and more can be said all the same.
    expect(await say({ acknowledgements: [said(1, "balance_returned", clock.now)] })).toMatchObject({ taken: { recorded: 1 } });
    tell("exclusion.ended", 1);
    expect(await say({ acknowledgements: [said(1, "account_closed", clock.now)] })).toMatchObject({ taken: { recorded: 0, notExcluded: [0] } });
    clock.now += 29 * DAY;
    forget();
    expect(kept().said).toHaveLength(3);
    clock.now += 2 * DAY;
    forget();
    expect(kept()).toEqual({ customers: [{ sequence: 2, person: 2, owing: true }], said: [`2 session_ended ${T0}`] });
  });

  it("of a new exclusion is another's, and stays when the one before it goes", async () => {
    const { tell, say, kept, clock, forget } = aTalkingFeed();
    tell("exclusion.started", 1);
    await say({ acknowledgements: [said(1, "session_ended", T0)] });
    clock.now += DAY;
    tell("exclusion.ended", 1);
    clock.now += 29 * DAY;
    const again = tell("exclusion.started", 1);
    await say({ acknowledgements: [said(1, "session_ended", clock.now)] });
    expect(kept().said).toHaveLength(2);
    clock.now += 3 * DAY;
    forget();
    expect(kept().said).toEqual([`${again} session_ended ${T0 + 30 * DAY}`]);
  });

  it("goes where a reset leaves it open whether anybody of before is still excluded", async () => {
    const { tell, say, kept, clock, forget } = aTalkingFeed();
    tell("exclusion.started", 1);
    await say({ acknowledgements: [said(1, "session_ended", T0)] });
    tell("feed.reset", null);
    clock.now += 20 * DAY;
    forget();
    expect(kept().said).toHaveLength(1);
    clock.now += 12 * DAY;
    forget();
    expect(kept()).toEqual({ customers: [], said: [] });
  });
});

describe("after the root was rotated", () => {
  it("what was said by older names goes 30 days later, for releases do not name them any more; what was said by new ones stays", async () => {
    const { tell, say, kept, clock, forget } = aTalkingFeed();
    tell("exclusion.started", 1);
    await say({ acknowledgements: [said(1, "session_ended", T0)] });
    clock.now += 40 * DAY;
    forget();
    tell("exclusion.started", 2, clock.now, 1);
    await say({ acknowledgements: [said(2, "session_ended", clock.now)] });
    clock.now += 29 * DAY;
    forget();
    expect(kept().customers).toHaveLength(2);
    clock.now += 3 * DAY;
    forget();
    expect(kept().customers).toMatchObject([{ person: 2 }]);
  });
});

/** What an operator and the register may do to three people. */
const step = fc.oneof(
  fc.record({ does: fc.constantFrom("start" as const, "end" as const), n: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ does: fc.constant("handle" as const), through: fc.integer({ min: 0, max: 12 }) }),
  fc.record({
    does: fc.constant("say" as const),
    items: fc.array(fc.record({ n: fc.integer({ min: 1, max: 4 }), state: fc.constantFrom(...ACKNOWLEDGED_STATES), agoS: fc.integer({ min: -20, max: 200 }) }), { minLength: 1, maxLength: 4 }),
  }),
);

describe("any batches in any order", () => {
  it("come to what a plain list of everything that was said comes to", async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const feed = aTalkingFeed();
      /** By person: since when they are excluded, and by which event. */
      const excluded = new Map<number, { sequence: number; at: number }>();
      const model = new Map<string, number>();
      const [progress, told] = [{ through: null as number | null }, { head: 0 }];
      for (const one of steps) {
        feed.clock.now += 30 * SECOND;
        const { now } = feed.clock;
        if (one.does === "start" && !excluded.has(one.n)) excluded.set(one.n, { sequence: (told.head = feed.tell("exclusion.started", one.n)), at: now });
        if (one.does === "end" && excluded.delete(one.n)) told.head = feed.tell("exclusion.ended", one.n);
        if (one.does === "handle") {
          if (told.head > 0) feed.deliver(1, told.head);
          const answer = await feed.say({ handledThrough: one.through });
          expect(answer.ok).toBe(one.through <= told.head);
          if (answer.ok) progress.through = Math.max(progress.through ?? 0, one.through);
        }
        if (one.does !== "say") continue;
        const judged = one.items.map(({ n, state, agoS }) => ({ of: excluded.get(n), state, at: now - agoS * SECOND }));
        const refused = judged.some(({ of, at }) => at > now + 10 * SECOND || (of && at < of.at - 10 * SECOND));
        const answer = await feed.say({ acknowledgements: one.items.map(({ n, state, agoS }) => said(n, state, now - agoS * SECOND)) });
        expect(answer.ok).toBe(!refused);
        if (refused) continue;
        for (const { of, state, at } of judged) {
          if (!of) continue;
          const key = `${of.sequence} ${state}`;
          const [kept, fit] = [model.get(key), Math.max(of.at, Math.min(at, now))];
          model.set(key, kept === undefined ? fit : Math.min(kept, fit));
        }
      }
      const { customers, said: all } = feed.kept();
      expect(all).toEqual([...model].map(([key, at]) => `${key} ${at}`).toSorted());
      for (const { sequence, owing } of customers) {
        const states = [...model.keys()].filter((key) => key.startsWith(`${sequence} `)).map((key) => key.split(" ")[1] as AcknowledgedState);
        expect(owing).toBe(owedAfter(states).length > 0);
      }
      expect((await feed.acknowledging.standing(0, feed.clock.now + HOUR)).handled).toMatchObject({ through: progress.through, head: told.head });
    }), { numRuns: 60 });
  });
});
