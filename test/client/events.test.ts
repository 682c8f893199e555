import { describe, expect, it } from "vitest";
import { GapError, isWhole, newEvents, OperatorFeed, ProblemError } from "../../src/client/index.ts";
import { digestOf } from "../../src/domains/operators/feed/rules.ts";
import { problem } from "../../src/kernel/problem.ts";

const event = (sequence: number) => ({ sequence, id: `e${sequence}`, type: "exclusion.started", at: "2026-11-24T08:00:00Z", tokens: ["BST-1"] });
const upTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => event(first + at));

/** A feed whose register holds these events, a page of so many. */
function feedOf(held: ReturnType<typeof event>[], page = 2, head = held.length) {
  const asked: string[] = [];
  const fetch = async (url: unknown) => {
    asked.push(String(url));
    const after = Number(new URL(String(url)).searchParams.get("after"));
    const events = held.filter(({ sequence }) => sequence > after).slice(0, page);
    return Response.json({ events, next: events.at(-1)?.sequence ?? after, head });
  };
  return { feed: new OperatorFeed({ url: "https://register.test", key: "sk", fetch, wait: async () => undefined }), asked };
}

async function all(feed: OperatorFeed, after: number): Promise<number[]> {
  const sequences: number[] = [];
  for await (const { sequence } of feed.events(after)) sequences.push(sequence);
  return sequences;
}

describe("an operator's events", () => {
  it("come page after page up to the newest, and no more is asked for", async () => {
    const { feed, asked } = feedOf(upTo(1, 5));
    expect(await all(feed, 0)).toEqual([1, 2, 3, 4, 5]);
    expect(asked).toHaveLength(3);
    expect(await all(feed, 5)).toEqual([]);
  });

  it.each([["in the middle", [...upTo(1, 2), ...upTo(4, 5)], 5, 3], ["at the beginning", upTo(2, 3), 3, 1], ["at the end", upTo(1, 2), 4, 3]])(
    "of which one is missing %s end in an error that says from where", async (_, held, head, expected) => {
      const { feed } = feedOf(held, 10, head);
      await expect(all(feed, 0)).rejects.toMatchObject({ name: "GapError", expected });
    },
  );

  it("of a message are taken once and in order, whatever came before", () => {
    expect(newEvents([event(8), event(6), event(7)], 6).map(({ sequence }) => sequence)).toEqual([7, 8]);
    expect(newEvents([event(5)], 6)).toEqual([]);
    expect(() => newEvents([event(8)], 6)).toThrow(GapError);
    expect(() => newEvents([event(7), event(7)], 6)).toThrow(GapError);
  });

  it("of a day are all of it, or are not, by the register's digest", async () => {
    const events = upTo(3, 5);
    const digest = { day: "2026-11-24", first: 3, last: 5, count: 3, hash: digestOf(events), complete: true };
    const feed = new OperatorFeed({ url: "https://register.test", key: "sk", fetch: async () => Response.json(digest) });
    const told = await feed.digest("2026-11-24");
    expect(told).toEqual(digest);
    expect(await isWhole(events, told)).toBe(true);
    expect(await isWhole(events.slice(1), told)).toBe(false);
    expect(await isWhole(events.map((one) => ({ ...one, type: "exclusion.ended" })), told)).toBe(false);
    expect(await isWhole([], { ...told, count: 0, hash: digestOf([]) })).toBe(true);
  });

  it("that are not whole, or refused, are an error", async () => {
    for (const body of [{}, { events: [{}], head: 1 }, { events: [] }]) {
      const feed = new OperatorFeed({ url: "https://register.test", key: "sk", fetch: async () => Response.json(body) });
      await expect(all(feed, 0)).rejects.toThrow(/not whole/);
    }
    const refusing = new OperatorFeed({ url: "https://register.test", key: "sk", fetch: async () => Response.json(problem("forbidden"), { status: 403 }) });
    await expect(refusing.acknowledge({ handledThrough: 3 })).rejects.toThrow(ProblemError);
  });

  it("are acknowledged again when nobody heard it the first time", async () => {
    const sent: string[] = [];
    const keys = new Set<string | null>();
    const taken = { handledThrough: 3, recorded: 1, unchanged: 0, notExcluded: [] };
    const fetch = async (_: unknown, init?: RequestInit) => {
      sent.push(String(init?.body));
      keys.add(new Headers(init?.headers).get("idempotency-key"));
      if (sent.length === 1) throw new TypeError("fetch failed");
      return Response.json(taken);
    };
    const feed = new OperatorFeed({ url: "https://register.test", key: "sk", fetch, wait: async () => undefined });
    expect(await feed.acknowledge({ handledThrough: 3, acknowledgements: [{ token: "BST-1", state: "session_ended", at: "2026-11-24T08:00:01Z" }] })).toEqual(taken);
    expect([...keys]).toEqual([expect.stringMatching(/^[\da-f-]{36}$/)]);
    expect(sent[1]).toBe(sent[0]);
    expect(JSON.parse(sent[0]!)).toMatchObject({ handledThrough: 3, acknowledgements: [{ token: "BST-1" }] });
  });
});
