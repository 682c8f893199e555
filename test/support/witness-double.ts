/** A witness that remembers in memory what it cosigned, and answers over a `fetch` of its own. */
import type { TreeHead } from "../../src/tlog/proofs.ts";
import { type Signer, witnessSigner } from "../../src/tlog/sign.ts";
import { formatVerifierKey, type VerifierKey } from "../../src/tlog/verifier-key.ts";
import { refuseGrowth } from "../../src/tlog/witness.ts";
import { answer } from "../../src/witness/answer.ts";
import { seed } from "./test-log.ts";

export interface WitnessDouble {
  key: VerifierKey;
  /** Its line in a policy, named so. */
  line(name: string): string;
  /** What was posted to it. */
  posted: string[];
  fetch: typeof globalThis.fetch;
}

export async function witnessDouble(log: VerifierKey, { key = 9, signer }: { key?: number; signer?: Signer } = {}): Promise<WitnessDouble> {
  const own = await witnessSigner(`witness.test/${key}`, seed(key));
  let last: (TreeHead & { time: number }) | null = null;
  const posted: string[] = [];
  const ports = {
    logs: new Map([[log.name, [log]]]),
    signer: async () => signer ?? own,
    memoryOf: () => ({
      keep: async (request: Parameters<typeof refuseGrowth>[1]) => {
        const refusal = refuseGrowth(last, request);
        if (refusal) return { ok: false as const, refusal };
        last = { ...request.checkpoint, time: 1 };
        return { ok: true as const, time: 1 };
      },
      forks: async () => [],
    }),
    failed: (error: unknown) => {
      throw error;
    },
  };
  return {
    key: own.key,
    line: (name) => `witness ${name} ${formatVerifierKey(own.key)} https://${name}.test/w`,
    posted,
    fetch: async (url, init) => {
      posted.push(String(init?.body));
      return answer(new Request(String(url).replace("/w/", "/"), init), ports);
    },
  };
}
