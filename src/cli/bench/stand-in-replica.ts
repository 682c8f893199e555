/** A Replica of a drawn set, in this process or behind a socket: an isolate cannot tell it from a real one. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readKey } from "../../check/directory.ts";
import type { Change, FirstAnswer, FirstQuestion, ReplicaPoll } from "../../check/feed.ts";
import type { Feed } from "../../check/keeper.ts";
import type { Clock } from "../../kernel/clock.ts";
import { fromHex } from "../../kernel/bytes.ts";
import { type LargeSet, LOG_ID } from "./large-set.ts";
import { AUTHORIZATION, DIRECTORY } from "./operator.ts";

/** What was asked of it. */
export interface Asked {
  polls: number;
  firsts: number;
  blobs: number;
}

export class StandInReplica implements Feed {
  readonly asked: Asked = { polls: 0, firsts: 0, blobs: 0 };
  readonly #set: LargeSet;
  readonly #log: Change[];

  readonly #clock: Clock;

  constructor(set: LargeSet, clock: Clock = Date.now) {
    const t = clock();
    this.#set = set;
    this.#clock = clock;
    this.#log = [{ type: "operator" as const, operator: DIRECTORY.operators[0]! }, { type: "manifest" as const, manifest: set.manifest }]
      .map((row, at) => ({ ...row, seq: at + 1, t }));
  }

  async poll(after: number): Promise<ReplicaPoll> {
    this.asked.polls++;
    return { ...this.#head(), from: 1, rows: this.#log.slice(after) };
  }

  async first({ keyHash, asked }: FirstQuestion): Promise<FirstAnswer> {
    this.asked.firsts++;
    const holds = keyHash === readKey(AUTHORIZATION)!.hash;
    const excluded = asked.map(({ p }) => (holds ? this.#set.has(p) : null));
    return { ...this.#head(), directory: DIRECTORY, manifest: this.#set.manifest, excluded };
  }

  async blob(hash: string): Promise<Uint8Array | null> {
    this.asked.blobs++;
    return this.#set.blobs.get(hash) ?? null;
  }

  /** Every shard is published. */
  async shard(): Promise<null> {
    return null;
  }

  #head = () => ({ logId: LOG_ID, seq: this.#log.length, t: this.#clock(), age: 0 });
}

/** The same behind a socket: `GET /poll/<after>`, `POST /first`, `GET /blob/<hash>`. */
export async function serveReplica(replica: StandInReplica): Promise<{ url: string; stop: () => void }> {
  const answer = async (path: string, body: string): Promise<string | Uint8Array | null> => {
    const [, verb, of = ""] = path.split("/");
    if (verb === "poll") return JSON.stringify(await replica.poll(Number(of)));
    if (verb === "blob") return replica.blob(of);
    const asked = JSON.parse(body, (name, value: unknown) => (name === "p" ? fromHex(value as string) : value)) as FirstQuestion;
    return JSON.stringify(await replica.first(asked));
  };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const answered = await answer(request.url!, body);
    response.writeHead(answered === null ? 404 : 200).end(answered ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close().closeAllConnections() };
}
