/** What the platforms publish that they charge, US dollars. Data only: change it when they do. */

export interface Price {
  what: string;
  /** What the month's plan includes, in the unit's number. */
  included: number;
  /** For each million beyond; `per` where it is another number. */
  dollars: number;
  per?: number;
}

/** Cloudflare's Workers Paid plan, as its pricing pages had it in 2026. */
export const CLOUDFLARE = {
  plan: 5,
  sources: [
    "https://developers.cloudflare.com/workers/platform/pricing/",
    "https://developers.cloudflare.com/durable-objects/platform/pricing/",
    "https://developers.cloudflare.com/kv/platform/pricing/",
    "https://developers.cloudflare.com/queues/platform/pricing/",
    "https://developers.cloudflare.com/r2/pricing/",
  ],
  read: "2026",
  prices: {
    workerRequest: { what: "Worker requests", included: 10e6, dollars: 0.3 },
    workerCpuMs: { what: "Worker processor time, ms", included: 30e6, dollars: 0.02 },
    objectRequest: { what: "Durable Object requests", included: 1e6, dollars: 0.15 },
    objectGbSecond: { what: "Durable Object duration, GB-s", included: 400e3, dollars: 12.5 },
    rowRead: { what: "SQLite rows read", included: 25e9, dollars: 0.001 },
    rowWritten: { what: "SQLite rows written", included: 50e6, dollars: 1 },
    kvRead: { what: "KV reads", included: 10e6, dollars: 0.5 },
    kvWrite: { what: "KV writes and deletes", included: 1e6, dollars: 5 },
    queueOperation: { what: "Queue operations (a message is three)", included: 1e6, dollars: 0.4 },
    r2ClassA: { what: "R2 writes", included: 1e6, dollars: 4.5 },
    r2ClassB: { what: "R2 reads", included: 10e6, dollars: 0.36 },
  } satisfies Record<string, Price>,
};

export type Billed = keyof typeof CLOUDFLARE.prices;

/** Upstash Redis, pay as you go. */
export const UPSTASH = {
  source: "https://upstash.com/docs/redis/overall/billing",
  read: "2026",
  command: { what: "Redis commands", included: 0, dollars: 0.2, per: 100e3 } satisfies Price,
};

/** A month's charge for so many. */
export const charge = ({ included, dollars, per = 1e6 }: Price, quantity: number): number => (Math.max(0, quantity - included) / per) * dollars;
