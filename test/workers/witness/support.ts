import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Instant } from "../../../src/kernel/clock.ts";
import { witnessSigner } from "../../../src/tlog/sign.ts";
import type { VerifierKey } from "../../../src/tlog/verifier-key.ts";
import { answer, type WitnessPorts } from "../../../src/witness/answer.ts";
import type { Fork, WitnessApi } from "../../../src/witness/rpc.ts";
import { seed } from "../../support/test-log.ts";

const NAME = "witness.test/w";

type Memory = WitnessApi & { setNow(now: Instant): Promise<void>; messages(): Promise<string[]> };

/** A witness of its own that knows these keys of logs. `through` stands between it and what it remembers. */
export async function aWitness(keys: readonly VerifierKey[], through: (memory: WitnessApi) => WitnessApi = (memory) => memory) {
  const id = crypto.randomUUID();
  const signer = await witnessSigner(NAME, seed(9));
  const stubOf = (origin: string) => env.WITNESS.getByName(`${id} ${origin}`);
  const memoryOf = (origin: string) => stubOf(origin) as unknown as Memory;
  const failures: unknown[] = [];
  const ports: WitnessPorts = {
    logs: Map.groupBy(keys, (key) => key.name),
    signer: async () => signer,
    memoryOf: (origin) => through(memoryOf(origin)),
    failed: (error) => failures.push(error),
  };
  const fetcher = (path: string, init?: RequestInit): Promise<Response> => answer(new Request(`https://witness.test${path}`, init), ports);
  return {
    key: signer.key,
    failures,
    fetcher,
    post: (body: BodyInit) => fetcher("/add-checkpoint", { method: "POST", body }),
    forks: async () => ((await (await fetcher("/forks")).json()) as { forks: Fork[] }).forks,
    setNow: (origin: string, now: Instant) => memoryOf(origin).setNow(now),
    messages: (origin: string) => memoryOf(origin).messages(),
    restart: (origin: string) => evictDurableObject(stubOf(origin)),
  };
}
