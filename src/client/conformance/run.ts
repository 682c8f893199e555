import type { MayPlay } from "./adapter.ts";
import { headersOf } from "./signed.ts";
import { type Scenario, SCENARIOS, SIGNED_SCENARIOS, type SignedScenario } from "./scenarios.ts";

/** What a developer's file exports. */
export interface Adapter {
  mayPlay: MayPlay;
  /** Without it nothing is said about webhooks. */
  webhooks?: {
    /** What `receive` believes. */
    secret: string;
    receive: (request: Request) => Promise<Response>;
    /** How many messages were worked through so far. */
    taken: () => number | Promise<number>;
  };
}

export interface Outcome {
  id: string;
  passed: boolean;
  /** What came, in a word or two. */
  came: string;
}

interface Senses {
  now: () => number;
  random: (bytes: number) => Uint8Array;
}

/** An integration that hangs is none. */
const LIMIT_MS = 20_000;

/** The scenarios in an order nobody knows beforehand: what is right for one after the other may be luck. */
export function shuffled<T>(items: readonly T[], random: Senses["random"]): T[] {
  const keyed = items.map((item) => ({ item, key: random(8).reduce((sum, byte) => sum * 256 + byte, 0) }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}

/** Goes through every scenario, each by itself, and says how it came out as it does. */
export async function* runScenarios(adapter: Adapter, senses: Senses): AsyncGenerator<Outcome> {
  for (const scenario of shuffled(SCENARIOS, senses.random)) yield decided(scenario, adapter.mayPlay);
  if (adapter.webhooks) for (const scenario of SIGNED_SCENARIOS) yield taken(scenario, adapter.webhooks, senses);
}

async function decided({ id, identifiers, purpose, mayPlay }: Scenario, ask: MayPlay): Promise<Outcome> {
  const came: unknown = await within(async () => ask(identifiers, purpose)).catch((error: unknown) => `it threw: ${String(error)}`);
  return { id, passed: came === mayPlay, came: String(came) };
}

async function taken({ id, times, accepted, done }: SignedScenario, { secret, receive, taken }: NonNullable<Adapter["webhooks"]>, { now, random }: Senses): Promise<Outcome> {
  const before = await taken();
  const message = { secret, random, now: now(), id: `conformance.${now()}.${random(4).join("-")}`, body: JSON.stringify({ type: "nser.test", timestamp: new Date(now()).toISOString() }) };
  const headers = await headersOf(id, message);
  const statuses: number[] = [];
  for (let n = 0; n < times; n++) {
    const request = new Request("https://operator.test/nser", { method: "POST", body: message.body, headers: { "content-type": "application/json", ...headers } });
    statuses.push(await within(async () => (await receive(request)).status).catch(() => 500));
  }
  const more = (await taken()) - before;
  const wereAccepted = statuses.filter((status) => status >= 200 && status < 300).length;
  const wereRefused = statuses.filter((status) => status >= 400 && status < 500).length;
  return { id, passed: more === done && wereAccepted === accepted && wereRefused === times - accepted, came: `answered ${statuses.join(", ")}, taken ${more}` };
}

async function within<T>(act: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${LIMIT_MS} ms`)), LIMIT_MS);
  });
  try {
    return await Promise.race([act(), late]);
  } finally {
    clearTimeout(timer);
  }
}
