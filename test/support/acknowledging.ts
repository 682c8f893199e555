import { Acknowledgements } from "../../src/domains/operators/acknowledgements/acknowledgements.ts";
import { USUAL_TERMS } from "../../src/domains/operators/acknowledgements/model.ts";
import type { Acknowledgement, AcknowledgementBatch } from "../../src/domains/operators/acknowledgements/rpc.ts";
import { acknowledgements, customers } from "../../src/domains/operators/acknowledgements/tables.ts";
import { keepFeed } from "../../src/domains/operators/feed/keep.ts";
import type { EventType } from "../../src/domains/operators/feed/model.ts";
import { insertEvent, insertPull, readPosition, writePosition } from "../../src/domains/operators/feed/store.ts";
import { deliveries } from "../../src/domains/operators/feed/tables.ts";
import type { Instant } from "../../src/kernel/clock.ts";
import { audit } from "../../src/objects/audit.ts";
import { random } from "../../src/objects/shell.ts";
import { feedDatabase } from "./feeds.ts";

export const person = (n: number) => new Uint8Array(16).fill(n);
export const T0 = Date.UTC(2026, 10, 2, 9);

const system = { kind: "operator", id: "acme01", origin: { network: null, agent: null, country: null, county: null } } as const;

/** One operator's feed without its object: what it is told, what it received, and what it says. */
export function aTalkingFeed(operator = "acme01") {
  const database = feedDatabase();
  const clock = { now: T0 };
  let commands = 0;
  writePosition(database, { begunOn: "2026-01-01", feedId: "f", logId: "log", seq: 0, t: T0, head: 0, from: 1, requiredKinds: null });
  /** What a Replica has that the feed has not heard of. */
  const unheard: (() => void)[] = [];
  const state = { away: false, catches: 0 };
  const acknowledging = new Acknowledgements({
    database, operator: () => operator, terms: () => USUAL_TERMS, clock: () => clock.now, random, committed: () => undefined,
    catchUp: async () => {
      state.catches++;
      if (state.away) throw new Error("no Replica answers");
      unheard.splice(0).forEach((happen) => happen());
    },
  });
  const tell = (type: EventType, who: number | Uint8Array | null, at: Instant = clock.now, rootEpoch = 0): number => {
    const head = readPosition(database)!.head + 1;
    const about = who === null ? { rootEpoch: null, p: null, kind: null } : { rootEpoch, p: typeof who === "number" ? person(who) : who, kind: "msisdn" as const };
    insertEvent(database, head, { type, at, ...about, epoch: null, generation: null });
    writePosition(database, { ...readPosition(database)!, head, t: at });
    return head;
  };
  const batchOf = (said: Partial<AcknowledgementBatch>): AcknowledgementBatch =>
    ({ commandId: `c${++commands}`, fingerprint: "f", actor: system, handledThrough: null, acknowledgements: [], ...said });
  return {
    database, clock, state, unheard, acknowledging, tell, batchOf,
    pull: (first: number, last: number, at: Instant = clock.now) => insertPull(database, { first, last, at }),
    deliver: (first: number, last: number, at: Instant = clock.now) =>
      void database.insert(deliveries).values({ endpoint: "e1", what: "events", webhookId: "w", first, last, at, durationMs: 0, outcome: "received", status: 200, excerpt: null }).run(),
    say: (said: Partial<AcknowledgementBatch>) => acknowledging.acknowledge(batchOf(said)),
    /** Everything that stands about anybody. */
    kept: () => ({
      customers: database.select().from(customers).all().map(({ sequence, p, owing }) => ({ sequence, person: p[0]!, owing })),
      said: database.select().from(acknowledgements).all().map(({ sequence, state, at }) => `${sequence} ${state} ${at}`).toSorted(),
    }),
    audited: () => database.select().from(audit).all(),
    /** Lets everything of before 30 days leave the feed. */
    forget: () => {
      writePosition(database, { ...readPosition(database)!, t: clock.now });
      while (keepFeed(database, clock.now) === clock.now);
    },
  };
}

export const said = (n: number, state: Acknowledgement["state"], at: Instant): Acknowledgement => ({ ps: [person(n)], state, at });
