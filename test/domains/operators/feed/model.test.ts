/**
 * Numbering and delivery against a model that is nothing but a list: whatever rows come, from whatever Replica, in whatever pieces, and whatever endpoints and the
 * object itself do, every row is one number, and every endpoint gets every number, in order, at least once.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Change } from "../../../../src/check/feed.ts";
import { Deliverer } from "../../../../src/domains/operators/feed/endpoints/deliver.ts";
import { allEndpoints, insertEndpoint, wakeIdle } from "../../../../src/domains/operators/feed/endpoints/store.ts";
import type { FeedEvent, StoredEvent } from "../../../../src/domains/operators/feed/model.ts";
import { eventsAfter, readPosition } from "../../../../src/domains/operators/feed/store.ts";
import { take } from "../../../../src/domains/operators/feed/take.ts";
import { HOUR, SECOND } from "../../../../src/kernel/clock.ts";
import { random } from "../../../../src/objects/shell.ts";
import { Envelope } from "../../../../src/sealing/envelope.ts";
import { sealSecret } from "../../../../src/domains/operators/feed/endpoints/secrets.ts";
import { newSecret } from "../../../../src/domains/operators/feed/endpoints/sign.ts";
import { feedDatabase } from "../../../support/feeds.ts";
import { ENVELOPE } from "../../../support/api.ts";

const OPERATOR = "acme01";
const ENDPOINTS = ["e1", "e2", "e3"] as const;
const MANNERS = ["ok", "500", "lost", "stuck", "429"] as const;
type Manner = (typeof MANNERS)[number];

type Step =
  | { do: "append"; kinds: ("excluded" | "released" | "extended" | "silent" | "manifest")[] }
  | { do: "pull"; behind: number; most: number }
  | { do: "poke"; last: number }
  | { do: "restore" }
  | { do: "forget"; kept: number }
  | { do: "manner"; endpoint: number; manner: Manner }
  | { do: "wait"; ms: number }
  | { do: "kill" };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("append" as const), kinds: fc.array(fc.constantFrom("excluded", "released", "extended", "silent", "manifest"), { minLength: 1, maxLength: 120 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("pull" as const), behind: fc.nat(5), most: fc.integer({ min: 1, max: 300 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("poke" as const), last: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restore" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("forget" as const), kept: fc.nat(60) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("manner" as const), endpoint: fc.nat(2), manner: fc.constantFrom(...MANNERS) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: HOUR }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("kill" as const) }) },
);

/** The feed over its storage, Register's log, endpoints as they behave, and what each was sent. */
class World {
  readonly database = feedDatabase();
  readonly envelope: Pick<Envelope, "seal" | "open"> = ENVELOPE;
  now = Date.UTC(2027, 0, 1);
  log = { logId: "log-0", from: 1, rows: [] as Change[] };
  /** The model: what was to be told, in order. */
  readonly told: string[] = [];
  /** The row of the log the model has heard. */
  heard = 0;
  readonly manners = new Map<string, Manner>();
  readonly got = new Map<string, { id: string; sequences: number[] }[]>(ENDPOINTS.map((id) => [id, []]));
  #deliverer = this.#anew();

  constructor() {
    this.pull(0, 1);
    for (const id of ENDPOINTS) {
      const secret = sealSecret(this.envelope, id, "secret", newSecret(random));
      insertEndpoint(this.database, { id, url: `https://${id}.example.co.ke/`, description: "", state: "active", cursor: 0, secret, createdAt: this.now });
    }
  }

  #anew(): Deliverer {
    const clock = () => this.now;
    return new Deliverer({
      database: this.database, operator: OPERATOR, envelope: this.envelope, random, draw: () => 0.5, waitUntil: (promise) => void promise.catch(() => undefined), settled: async () => {},
      sending: { clock, deadline: () => new AbortController().signal, terms: { own: "nser.go.ke", loopback: false }, fetch: (url, { body }) => this.#receive(new URL(url).hostname.split(".")[0]!, String(body)) },
      seal: async (_, stored: readonly StoredEvent[]) => stored.map((event) => ({ sequence: event.sequence, id: String(event.sequence), type: event.type, at: "", tokens: [] })),
      cry: () => {}, report: (error) => { throw error; },
    });
  }

  async #receive(endpoint: string, body: string): Promise<Response> {
    const manner = this.manners.get(endpoint) ?? "ok";
    const sequences = (JSON.parse(body) as { data: { events: FeedEvent[] } }).data.events.map(({ sequence }) => sequence);
    if (manner === "ok" || manner === "lost" || manner === "stuck") this.got.get(endpoint)!.push({ id: `${sequences[0]}-${sequences.at(-1)}`, sequences });
    if (manner === "stuck") return new Promise(() => undefined);
    if (manner === "lost") throw new TypeError("Network connection lost.");
    return new Response(null, { status: manner === "ok" ? 200 : Number(manner) });
  }

  append(kinds: readonly string[]): void {
    for (const kind of kinds) {
      const place = { seq: this.log.rows.length + 1, t: this.now };
      const p = new Uint8Array(16).fill(place.seq);
      const row = kind === "manifest" ? { type: "manifest", manifest: { hash: "h", sequence: 1 } }
        : { type: kind === "released" ? "released" : "excluded", rootEpoch: 0, p, ...(kind === "extended" && { news: "extended" }), ...(kind === "silent" && { news: "none" }) };
      this.log.rows.push({ ...place, ...row } as Change);
    }
  }

  /** What the model makes of rows up to here. */
  #hear(seq: number): void {
    for (const row of this.log.rows.slice(this.heard, seq)) {
      if (!("p" in row) || row.news === "none") continue;
      this.told.push(row.news === "extended" ? "exclusion.extended" : row.type === "excluded" ? "exclusion.started" : "exclusion.ended");
    }
    this.heard = Math.max(this.heard, seq);
  }

  pull(behind: number, most: number): void {
    const { logId, from, rows } = this.log;
    const seq = Math.max(rows.length - behind, 0);
    const at = readPosition(this.database);
    const after = at?.seq ?? Number.MAX_SAFE_INTEGER;
    const page = after + 1 < from ? [] : rows.slice(after, seq).slice(0, most);
    take(this.database, OPERATOR, { logId, seq, t: this.now, from, rows: page }, random);
    if (!at) this.heard = seq;
    else if (at.logId !== logId || at.seq + 1 < from) {
      this.told.push("feed.reset");
      this.heard = seq;
    } else this.#hear(Math.max(this.heard, page.at(-1)?.seq ?? 0));
    this.run();
  }

  poke(last: number): void {
    const { logId, rows } = this.log;
    const at = readPosition(this.database)!;
    if (logId !== at.logId) return;
    const some = rows.slice(-last);
    if (last > 0 && some.length > 0 && some[0]!.seq <= at.seq + 1) this.#hear(some.at(-1)!.seq);
    take(this.database, OPERATOR, { logId, seq: rows.length, t: this.now, from: 0, rows: last > 0 ? some : [] }, random);
    this.run();
  }

  run(): void {
    wakeIdle(this.database, readPosition(this.database)!.head, this.now);
    this.#deliverer.run(this.now);
  }

  kill(): void {
    this.#deliverer = this.#anew();
  }

  async step(one: Step): Promise<void> {
    if (one.do === "append") this.append(one.kinds);
    if (one.do === "pull") this.pull(one.behind, one.most);
    if (one.do === "poke") this.poke(one.last);
    if (one.do === "restore") this.log = { ...this.log, logId: `log-${this.now}-${this.told.length}` };
    if (one.do === "forget") this.log.from = Math.max(this.log.from, this.log.rows.length - one.kept);
    if (one.do === "manner") this.manners.set(ENDPOINTS[one.endpoint]!, one.manner);
    if (one.do === "wait") this.now += one.ms;
    if (one.do === "kill") this.kill();
    if (one.do === "wait" || one.do === "kill") this.run();
    await quiet();
  }

  /** Everybody is well again, and time goes by until nothing waits. */
  async heal(): Promise<void> {
    this.manners.clear();
    this.kill();
    for (let pull = 0; pull < 3; pull++) this.pull(0, 100_000);
    for (let turn = 0; turn < 6; turn++) {
      this.now += HOUR;
      this.run();
      for (let settle = 0; settle < 10; settle++) await quiet();
    }
  }
}

const quiet = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
};

/** `FEED_RUNS=20000 npx vitest run test/domains/operators/feed/model.test.ts` for as many as there is time for. */
const RUNS = Number(process.env.FEED_RUNS ?? 150);

it(`numbers and delivers as a list would, in ${RUNS} histories`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const world = new World();
      for (const one of steps) await world.step(one);
      await world.heal();
      const stored = eventsAfter(world.database, 0, 100_000);
      expect(stored.map(({ type }) => type)).toEqual(world.told);
      const all = Array.from({ length: world.told.length }, (_, n) => n + 1);
      expect(stored.map(({ sequence }) => sequence)).toEqual(all);
      for (const { id, cursor } of allEndpoints(world.database)) {
        expect(cursor).toBe(all.length);
        const messages = world.got.get(id)!;
        expect([...new Set(messages.flatMap(({ sequences }) => sequences))]).toEqual(all);
        // A message that comes again comes as it was.
        const byFirst = Map.groupBy(messages, ({ sequences }) => sequences[0]);
        for (const same of byFirst.values()) expect(new Set(same.map((message) => message.id)).size).toBe(1);
        expect(messages.every(({ sequences }) => sequences.length <= 100)).toBe(true);
      }
    }),
    { numRuns: RUNS, interruptAfterTimeLimit: Math.max(30 * SECOND, RUNS * 40), markInterruptAsFailure: true },
  );
}, Math.max(60 * SECOND, RUNS * 50));
