/** The test door of a register Worker whose entry is test/workers/regions/register.ts: an operator there, people, faults. */
import { Keyring } from "../../src/bst/keyring.ts";
import { parsePairKeys } from "../../src/bst/seal.ts";
import { formatToken } from "../../src/bst/text.ts";
import { readKey } from "../../src/check/directory.ts";
import type { Secrets } from "../../src/cli/secrets.ts";
import type { RecoveryStatus } from "../../src/domains/exclusions/recovery/rpc.ts";
import { toHex } from "../../src/kernel/bytes.ts";
import { personOf } from "./world.ts";

export interface RegisterDoor {
  /** The operator's key. */
  key: string;
  /** The operator's token of the nth person. */
  token(n: number): string;
  /** Excludes the nth person; the machine's time once it was committed. */
  register(n: number): Promise<number>;
  /** Resolves when a snapshot is announced that has everybody. */
  published(): Promise<void>;
  /** Register loses everything it stored. */
  destroy(): Promise<void>;
  /** Takes a step of restoring it. */
  recover(): Promise<RecoveryStatus>;
  /** Makes a Replica hang in these calls, and in no others. */
  cut(replica: string, calls: string[]): Promise<void>;
}

/** Enrols an operator there, with a key. */
export async function openRegister(url: string, { edge }: Secrets): Promise<RegisterDoor> {
  async function act<T>(verb: string, body: Record<string, string>): Promise<T> {
    const response = await fetch(`${url}/${verb}`, { method: "POST", body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${verb}: ${await response.text()}`);
    return (await response.json()) as T;
  }

  const { operator } = await act<{ operator: { id: string } }>("enrol", {});
  const key = `sk_live_${operator.id}_0123456789abcdef0123456789abcdef`;
  await act("issue", { operator: operator.id, hash: readKey(`Bearer ${key}`)!.hash });
  const sealer = new Keyring(parsePairKeys(edge.PAIR_KEYS!)).sealer("1", { operator: operator.id, epoch: 0, kind: "msisdn", generation: 0 });
  return {
    key,
    token: (n) => formatToken({ kind: "msisdn", epoch: 0, generation: 0, body: sealer.seal(personOf(n)) }),
    register: async (n) => (await act<{ committedAt: number }>("register", { p: toHex(personOf(n)) })).committedAt,
    published: async () => {
      for (;;) {
        const { announced, changed } = await act<{ announced: number; changed: number }>("published", {});
        if (announced >= changed) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    destroy: () => act("destroy", {}),
    recover: () => act("recover", {}),
    cut: (replica, calls) => act("cut", { replica, calls: calls.join(",") }),
  };
}
