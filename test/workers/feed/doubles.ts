import type { Change, FirstAnswer, ReplicaPoll } from "../../../src/check/feed.ts";
import type { Instant } from "../../../src/kernel/clock.ts";
import { Feed } from "../../../workers/origin/feed.ts";
import { memoryLog } from "../audit/log.ts";

/** Far enough ahead that no alarm goes off by itself. 2100-01-01T09:00:00 in Nairobi. */
export const START: Instant = Date.UTC(2100, 0, 1, 6);

/** A message as whoever is at an address got it. */
export interface Got {
  url: string;
  id: string;
  signature: string;
  timestamp: string;
  body: string;
}

export type Manner = "ok" | "mute" | "lost" | "hangs" | "redirects" | "closes" | "drips" | "floods" | `${number}` | `${number} after ${string}`;

/** What the object's world is: it survives the object, as the world does. */
interface World {
  now: Instant;
  logId: string;
  from: number;
  rows: Change[];
  /** Whether Replicas answer, and Register. */
  replica: boolean;
  register: boolean;
  manners: Record<string, Manner>;
  got: Got[];
  listening: string[];
  cries: string[];
}

const BEGINNING: World = { now: START, logId: "log-1", from: 1, rows: [], replica: true, register: true, manners: {}, got: [], listening: [], cries: [] };

/** A feed under a clock that stands still until the test moves it, in a world the test makes. */
export class ClockedFeed extends Feed {
  constructor(state: DurableObjectState, env: ConstructorParameters<typeof Feed>[1]) {
    super(state, {
      ...env,
      AUDIT_LOG: memoryLog(state.id.name!),
      BELL: { getByName: () => ({ join: async (operator: string) => this.#listens("join", operator), leave: async (operator: string) => this.#listens("leave", operator), keep: async () => {} }) },
      TOKENIZER: { advance: async () => Promise.reject(new Error("nobody is asked")) } as never,
    });
  }

  #listens(what: string, operator: string): void {
    this.world({ listening: [...this.getWorld().listening, `${what} ${operator}`] });
  }

  getWorld(): World {
    return { ...BEGINNING, ...this.ctx.storage.kv.get<World>("world") };
  }

  /** Makes the world another. */
  world(set: Partial<World>): void {
    this.ctx.storage.kv.put("world", { ...this.getWorld(), ...set });
  }

  /** Appends rows to the log, as Register would at the present. */
  append(...rows: object[]): void {
    const { rows: before, now } = this.getWorld();
    this.world({ rows: [...before, ...rows.map((row, at) => ({ ...row, seq: before.length + at + 1, t: now }) as Change)] });
  }

  protected override now(): Instant {
    return this.getWorld().now;
  }

  protected override replicas() {
    const first = async (): Promise<FirstAnswer> => ({
      logId: "log-1", seq: 0, t: START, age: 0, manifest: null, excluded: [], directory: { operators: [], keys: [], epochs: [], generations: [], allowances: [] },
    });
    return [{ first, poll: async (after: number): Promise<ReplicaPoll> => this.#poll(after) }];
  }

  #poll(after: number): ReplicaPoll {
    const { replica, rows, logId, from, now } = this.getWorld();
    if (!replica) throw new Error("the Replica is away");
    return { logId, seq: rows.length, t: now, age: 0, from, rows: after + 1 < from ? [] : rows.slice(after) };
  }

  protected override register() {
    return {
      tokensOf: async (operator: string) => {
        if (!this.getWorld().register) throw new Error("Register is away");
        return { epochs: [{ operator, epoch: 0, pairKeyId: "k1", rootEpoch: 0, state: "current" as const, until: null }], generations: [] };
      },
    };
  }

  protected override async send(url: string, { body, headers, signal }: RequestInit): Promise<Response> {
    const said = new Headers(headers);
    const manner = this.getWorld().manners[url] ?? "ok";
    const message = JSON.parse(String(body));
    const got = { url, id: said.get("webhook-id")!, signature: said.get("webhook-signature")!, timestamp: said.get("webhook-timestamp")!, body: String(body) };
    if (manner === "ok" || manner === "lost" || manner === "mute") this.world({ got: [...this.getWorld().got, got] });
    if (manner === "hangs") return new Promise((_, reject) => signal!.addEventListener("abort", () => reject(new Error("aborted"))));
    if (manner === "closes" || manner === "lost") throw new TypeError("Network connection lost.");
    if (manner === "redirects") return new Response(null, { status: 302, headers: { location: "http://169.254.169.254/" } });
    if (manner === "drips") return new Response(new ReadableStream({ start: (stream) => stream.enqueue(new TextEncoder().encode("wait\u0007 <b>for</b> it")) }), { status: 500 });
    if (manner === "floods") return new Response(new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(65_536).fill(0x61)) }), { status: 200 });
    if (manner !== "ok" && manner !== "mute") {
      const [status, , after] = manner.split(" ");
      return new Response("no", { status: Number(status), headers: after ? { "retry-after": after } : {} });
    }
    return Response.json(manner === "mute" ? {} : { challenge: message.data.challenge });
  }

  /** Seconds are over in hundredths. */
  protected override deadline(ms: number): AbortSignal {
    return AbortSignal.timeout(ms / 100);
  }

  protected override write(line: string): void {
    this.world({ cries: [...this.getWorld().cries, String(JSON.parse(line).message)] });
  }
}

declare global {
  namespace Cloudflare {
    interface Env {
      FEED: DurableObjectNamespace;
    }
  }
}
