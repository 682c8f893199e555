import { describe, expect, it } from "vitest";
import { deleteEndpoint } from "../../../../src/domains/operators/feed/endpoints/store.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../../../../src/kernel/clock.ts";
import { aTalkingFeed, person, said, T0 } from "../../../support/acknowledging.ts";

describe("what an operator is late with", () => {
  it("is nothing before a term is over, and each kind after it: how many, and since when", async () => {
    const { tell, acknowledging, clock, pull } = aTalkingFeed();
    expect(await acknowledging.overdue()).toEqual([]);
    tell("exclusion.started", 1);
    clock.now += 10 * SECOND;
    tell("exclusion.started", 2);
    clock.now = T0 + 30 * SECOND;
    expect(await acknowledging.overdue()).toEqual([]);
    clock.now += 1;
    expect(await acknowledging.overdue()).toEqual([{ kind: "received", count: 1, since: T0 + 30 * SECOND }]);
    clock.now = T0 + 6 * MINUTE;
    expect(await acknowledging.overdue()).toEqual([{ kind: "received", count: 2, since: T0 + 30 * SECOND }, { kind: "handled", count: 2, since: T0 + 5 * MINUTE }]);
    pull(1, 1);
    expect(await acknowledging.overdue()).toEqual([{ kind: "received", count: 1, since: T0 + 40 * SECOND }, { kind: "handled", count: 2, since: T0 + 5 * MINUTE }]);
  });

  it("is over with an event that any door received, and one that was worked through", async () => {
    const { tell, acknowledging, clock, deliver, say } = aTalkingFeed();
    tell("exclusion.started", 1);
    tell("exclusion.started", 2);
    deliver(1, 2);
    clock.now += HOUR;
    expect(await acknowledging.overdue()).toMatchObject([{ kind: "handled", count: 2 }]);
    await say({ handledThrough: 2 });
    expect(await acknowledging.overdue()).toEqual([]);
  });

  it("does not begin again when the endpoint that received is removed", async () => {
    const { database, tell, acknowledging, clock, deliver, say } = aTalkingFeed();
    tell("exclusion.started", 1);
    tell("exclusion.started", 2);
    deliver(1, 1, T0 + 9);
    deliver(1, 1, T0 + 5);
    deliver(2, 2, T0 + 7);
    clock.now += MINUTE;
    const before = (await acknowledging.standing(T0, clock.now)).received;
    deleteEndpoint(database, "e1");
    expect((await acknowledging.standing(T0, clock.now)).received).toEqual(before);
    expect(await acknowledging.overdue()).toEqual([]);
    expect(await say({ handledThrough: 2 })).toMatchObject({ ok: true });
  });

  it("is what a customer is owed, each by its term; nothing of who is only on a mailing list, or excluded no more", async () => {
    const { tell, acknowledging, clock, deliver, say } = aTalkingFeed();
    for (const n of [1, 2, 3]) tell("exclusion.started", n);
    deliver(1, 3);
    await say({ handledThrough: 3, acknowledgements: [said(1, "session_ended", T0), said(2, "account_closed", T0), said(3, "marketing_removed", T0)] });
    clock.now += 6 * MINUTE;
    expect(await acknowledging.overdue()).toEqual([{ kind: "session_ended", count: 1, since: T0 + 5 * MINUTE }]);
    clock.now = T0 + DAY + 1;
    expect(await acknowledging.overdue()).toMatchObject([{ kind: "session_ended", count: 1 }, { kind: "account_closed", count: 1, since: T0 + DAY }, { kind: "marketing_removed", count: 2 }]);
    clock.now = T0 + 8 * DAY;
    expect((await acknowledging.overdue()).at(-1)).toEqual({ kind: "balance_returned", count: 2, since: T0 + 7 * DAY });
    tell("exclusion.ended", 1);
    deliver(4, 4);
    await say({ handledThrough: 4, acknowledgements: [said(2, "session_ended", T0), said(2, "marketing_removed", T0), said(2, "balance_returned", T0)] });
    expect(await acknowledging.overdue()).toEqual([]);
  });

  it("is not said by a feed that cannot be brought up to date", async () => {
    const { acknowledging, state } = aTalkingFeed();
    state.away = true;
    await expect(acknowledging.overdue()).rejects.toThrow("no Replica");
    await expect(acknowledging.standing(0, 1)).rejects.toThrow("no Replica");
    await expect(acknowledging.propagated([person(1)], 0, 1)).rejects.toThrow("no Replica");
  });
});

describe("how an operator kept up", () => {
  it("is no data where there is none", async () => {
    const none = { count: 0, medianMs: null, p99Ms: null, lateCount: 0 };
    const { p99Ms: _, ...state } = none;
    expect(await aTalkingFeed().acknowledging.standing(0, T0)).toEqual({
      keptFrom: null, events: 0, received: none, handled: { through: null, head: 0, lateCount: 0 },
      acknowledged: { byState: { session_ended: state, account_closed: state, marketing_removed: state, balance_returned: state } },
    });
  });

  it("is what its rows say of the events that began within the time: medians, the slowest and those that were late or still are", async () => {
    const { tell, acknowledging, clock, deliver, pull, say } = aTalkingFeed();
    for (let n = 1; n <= 3; n++) tell("exclusion.started", n, T0 + n * SECOND);
    tell("exclusion.started", 9, T0 + DAY);
    deliver(1, 2, T0 + 4 * SECOND);
    pull(1, 3, T0 + 50 * SECOND);
    clock.now = T0 + MINUTE;
    await say({ handledThrough: 2, acknowledgements: [said(1, "session_ended", T0 + 31 * SECOND), said(2, "account_closed", T0 + 52 * SECOND)] });
    clock.now = T0 + 2 * DAY;
    await say({ handledThrough: 3, acknowledgements: [said(1, "account_closed", T0 + SECOND + DAY + 1)] });
    expect(await acknowledging.standing(T0, T0 + HOUR)).toMatchObject({
      keptFrom: T0 + SECOND, events: 3,
      received: { count: 3, medianMs: 3_000, p99Ms: 47_000, lateCount: 1 },
      handled: { through: 3, head: 4, lateCount: 1 },
      acknowledged: { byState: {
        session_ended: { count: 1, medianMs: 30_000, lateCount: 1 }, account_closed: { count: 2, medianMs: 50_000, lateCount: 1 },
        marketing_removed: { count: 0, medianMs: null, lateCount: 2 }, balance_returned: { count: 0, medianMs: null, lateCount: 0 },
      } },
    });
    expect(await acknowledging.standing(T0 + DAY, T0 + 2 * DAY)).toMatchObject({ events: 1, received: { count: 0, medianMs: null, lateCount: 1 } });
  });
});

describe("how far an exclusion came", () => {
  it("is each event, when it was received and worked through, and what was said of the person by any of their numbers", async () => {
    const { tell, acknowledging, clock, deliver, pull, say } = aTalkingFeed();
    tell("exclusion.started", 1);
    tell("exclusion.started", 2);
    tell("exclusion.started", 3);
    expect(await acknowledging.propagated([person(1), person(2)], T0, T0)).toMatchObject({ reachable: false, acknowledged: [], events: [{ sequence: 1, receivedAt: null, handledAt: null }, { sequence: 2 }] });
    deliver(1, 1, T0 + 5);
    pull(1, 2, T0 + 9);
    clock.now = T0 + MINUTE;
    await say({ handledThrough: 2, acknowledgements: [said(1, "session_ended", T0 + 20), said(2, "session_ended", T0 + 10), said(3, "account_closed", T0)] });
    expect(await acknowledging.propagated([person(1), person(2)], T0, clock.now)).toEqual({
      reachable: true,
      events: [
        { sequence: 1, type: "exclusion.started", at: T0, receivedAt: T0 + 5, handledAt: clock.now }, { sequence: 2, type: "exclusion.started", at: T0, receivedAt: T0 + 9, handledAt: clock.now },
      ],
      acknowledged: [{ state: "session_ended", at: T0 + 10, saidAt: clock.now }],
    });
  });

  it("is of one exclusion: of another one before it or after it nothing is shown; of one that goes on, what began it before", async () => {
    const { tell, acknowledging, clock, say } = aTalkingFeed();
    tell("exclusion.started", 1);
    await say({ acknowledgements: [said(1, "session_ended", T0)] });
    clock.now += HOUR;
    tell("exclusion.ended", 1);
    clock.now += HOUR;
    tell("exclusion.started", 1);
    await say({ acknowledgements: [said(1, "account_closed", clock.now)] });
    const seen = async (from: number, until: number) => {
      const { events, acknowledged } = await acknowledging.propagated([person(1)], from, until);
      return [events.map(({ sequence }) => sequence), acknowledged.map(({ state }) => state)];
    };
    expect(await seen(T0, T0 + HOUR)).toEqual([[1, 2], ["session_ended"]]);
    expect(await seen(T0 + 2 * HOUR, clock.now)).toEqual([[3], ["account_closed"]]);
    clock.now += DAY;
    expect(await seen(T0 + 3 * HOUR, clock.now)).toEqual([[3], ["account_closed"]]);
  });

  it("is known by what was said alone, once the events left the feed", async () => {
    const { tell, acknowledging, clock, say, forget } = aTalkingFeed();
    tell("exclusion.started", 1);
    await say({ acknowledgements: [said(1, "session_ended", T0)] });
    clock.now += 40 * DAY;
    forget();
    expect(await acknowledging.propagated([person(1)], T0, clock.now)).toMatchObject({ events: [], acknowledged: [{ state: "session_ended" }] });
    const ended = clock.now;
    tell("exclusion.ended", 1);
    clock.now += DAY;
    expect(await acknowledging.propagated([person(1)], ended + 1, clock.now)).toMatchObject({ events: [], acknowledged: [] });
  });
});
