import { sha256 } from "@noble/hashes/sha2.js";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Pseudonym } from "../../../src/bst/kinds.ts";
import type { ManifestRef, ReplicaApi } from "../../../src/check/feed.ts";
import { utf8 } from "../../../src/kernel/bytes.ts";
import { type Instant, MINUTE } from "../../../src/kernel/clock.ts";
import type { SecondHome } from "./replica-doubles.ts";
import { aCommand, aRegister, registered } from "./support.ts";

export const person = (n: number): Pseudonym => sha256(utf8(`person ${n}`)).slice(0, 16);
export const SETTLE = 5 * MINUTE;

/** A Register and the Replica that follows it and publishes. */
export function aPublisher() {
  const region = crypto.randomUUID().replaceAll("-", "").replaceAll(/\d/g, (digit) => "ghijklmnop"[Number(digit)]!);
  const name = `${region}/1`;
  const register = aRegister(name);
  const stub = env.CLOCKED_REPLICA.getByName(name);
  const replica = stub as unknown as ReplicaApi & {
    setNow(now: Instant): Promise<void>;
    setSecondHome(state: SecondHome): Promise<void>;
    secondHashes(): Promise<string[]>;
  };
  return {
    register,
    replica,
    stub,
    exclude: async (...people: number[]) => {
      for (const n of people) {
        await registered(register.api, aCommand("24h", { p: person(n), kind: "msisdn", evidence: "code" }));
      }
    },
    goTo: async (now: Instant) => {
      await register.api.setNow(now);
      await replica.setNow(now);
      await replica.poll(0);
    },
    step: () => runDurableObjectAlarm(stub),
    rows: <Row = Record<string, unknown>>(query: string): Promise<Row[]> =>
      runInDurableObject(stub, (_, state) => state.storage.sql.exec(query).toArray() as Row[]),
    announced: async (): Promise<ManifestRef | null> => {
      const { rows } = await register.api.poll(0);
      return rows.findLast((row) => row.type === "manifest")?.manifest ?? null;
    },
  };
}

export type Publisher = ReturnType<typeof aPublisher>;

/** Writes every shard, and announces when the store has settled. */
export async function publishAll({ step, rows, goTo }: Publisher, from: Instant): Promise<void> {
  await goTo(from);
  await goTo(from + SETTLE);
  while ((await rows("select 1 from publication where state = 'settling'")).length === 0) await step();
  await goTo(from + 2 * SETTLE);
  await step();
}
