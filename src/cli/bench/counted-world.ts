/** Register, its Replicas and many isolates of the edge in one workerd, with every operation counted. */
import { readKey } from "../../check/directory.ts";
import type { ManifestRef, RegisterPoll } from "../../check/feed.ts";
import type { Pseudonym } from "../../bst/kinds.ts";
import { parseSigningKey } from "../../snapshot/signature.ts";
import { toHex } from "../../kernel/bytes.ts";
import type { Secrets } from "../secrets.ts";
import { tokenizerBeside } from "../system.ts";
import { type LargeSet, publishAs } from "./large-set.ts";
import { tokens } from "./operator.ts";
import { bareWorker, startWorkerd, type Workerd, wrappedWorker } from "./workerd.ts";
import { ANSWER_BYTES } from "./edge-of-set.ts";

/** By binding and method, as `EDGE.method`; and rows as the platform counts them. */
export type Counts = Record<string, number>;

export interface CountedWorld {
  workerd: Workerd;
  /** Sockets of the isolates, each of which has not been asked anything. */
  edges: string[];
  bares: string[];
  headers: Record<string, string>;
  token: (p: Pseudonym) => string;
  exclude(p: Pseudonym): Promise<void>;
  operations(): Promise<Counts>;
  stop(): Promise<void>;
}

export async function startCountedWorld(set: LargeSet, secrets: Secrets, isolates: number, bares = 0): Promise<CountedWorld> {
  const edge = await wrappedWorker("edge", secrets.edge, "counted-edge");
  const bare = await bareWorker(ANSWER_BYTES);
  const named = (worker: typeof edge, count: number) => Array.from({ length: count }, (_, n) => ({ ...worker, name: `${worker.name}-${n}` }));
  const workers = [await wrappedWorker("register", secrets.register, "counted-register"), await tokenizerBeside(secrets), ...named(edge, isolates), ...named(bare, bares)];
  const workerd = await startWorkerd(workers);
  const register = await workerd.url("nser-register");

  async function act<T>(verb: string, body: unknown): Promise<T> {
    const response = await fetch(`${register}/${verb}`, { method: "POST", body: body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body) });
    if (!response.ok) throw new Error(`${verb}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  const { operator } = await act<{ operator: { id: string } }>("enrol", {});
  const key = `sk_live_${operator.id}_${"0".repeat(32)}`;
  await act("issue", { operator: operator.id, hash: readKey(`Bearer ${key}`)!.hash });
  await fill(set, secrets, workerd, act);
  const urls = (name: string, count: number) => Promise.all(Array.from({ length: count }, (_, n) => workerd.url(`${name}-${n}`)));
  return {
    workerd,
    edges: await urls("nser-edge", isolates),
    bares: await urls("bare", bares),
    headers: { "authorization": `Bearer ${key}`, "content-type": "application/json" },
    token: tokens(secrets.edge.PAIR_KEYS!, operator.id),
    exclude: (p) => act("register", { p: toHex(p) }),
    operations: () => act("operations", {}),
    stop: () => workerd.stop(),
  };
}

type Act = <T>(verb: string, body: unknown) => Promise<T>;

/** The nearest region's, one of which each isolate asks; the others are asked when these fail. */
const NEAREST = ["weur/1", "weur/2"];

/** Gives the Replicas the set's members and announces its snapshot, as if Register had written them all. */
async function fill(set: LargeSet, { register }: Secrets, { miniflare }: Workerd, act: Act): Promise<void> {
  const { logId, seq } = await act<RegisterPoll>("head", {});
  const ref: ManifestRef = await publishAs(set, parseSigningKey(register.MANIFEST_KEY!), logId, seq);
  const store = await miniflare.getKVNamespace("SHARDS", "nser-register");
  for (const [hash, bytes] of set.blobs) await store.put(hash, bytes.slice().buffer);
  for (const members of set.members()) for (const replica of NEAREST) await act(`fill/${replica}`, members);
  await act("announce", ref);
}
