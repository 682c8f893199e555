/** A Register with its bucket, and what can befall both. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, vi } from "vitest";
import type { Change } from "../../../src/check/feed.ts";
import type { RecoveryStatus, RestoreOrder } from "../../../src/domains/exclusions/recovery/rpc.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import type { Instant } from "../../../src/kernel/clock.ts";
import { bucketOf } from "./bucket.ts";
import type { RecordingReplica } from "./doubles.ts";
import { aRegister, type phone } from "./support.ts";

const REPLICAS = ["weur/1", "weur/2", "eeur/1"];
export const replica = (name: string) => env.RECORDING_REPLICA.getByName(name) as DurableObjectStub<RecordingReplica>;
export const held = (name: string, logId: string, rows: Change[]) => replica(name).setHeld({ logId, rows } as never);

afterEach(() => Promise.all(REPLICAS.map(async (name) => {
  await replica(name).setHeld(null);
  await replica(name).setBroken(false);
})));

type Tables = Record<string, Record<string, unknown>[]>;

/** A Register with its bucket, and what can befall both. */
export function keptRegister() {
  const name = crypto.randomUUID();
  const register = aRegister(name);
  const { api, stub, rows } = register;
  const inside = <T>(work: (state: DurableObjectState) => T | Promise<T>) => runInDurableObject(stub, (_, state) => work(state));
  return {
    ...register,
    bucket: bucketOf(name),
    /** By a stub of its own: one whose object broke stays broken. */
    again: () => aRegister(name),
    /** Waits until everything has left. */
    left: () => vi.waitFor(async () => expect(await rows("select * from journal union all select id, number, upTo from outgoing")).toEqual([]), { timeout: 5_000 }),
    async destroy(): Promise<void> {
      await inside((state) => state.storage.deleteAll());
      await evictDurableObject(stub);
    },
    /** The storage as it is, to be put back later. */
    image: (): Promise<Tables> => inside(({ storage: { sql } }) =>
      Object.fromEntries(tablesIn(sql).map((table) => [table, sql.exec(`select * from "${table}"`).toArray()]))),
    async putBack(image: Tables): Promise<void> {
      await inside(({ storage: { sql } }) => {
        for (const { name: trigger } of sql.exec<{ name: string }>("select name from sqlite_master where type = 'trigger'").toArray()) sql.exec(`drop trigger "${trigger}"`);
        for (const table of tablesIn(sql)) {
          sql.exec(`delete from "${table}"`);
          for (const row of image[table] ?? []) {
            const columns = Object.keys(row);
            sql.exec(`insert into "${table}" (${columns.map((column) => `"${column}"`).join()}) values (${columns.map(() => "?").join()})`, ...Object.values(row));
          }
        }
      });
      await evictDurableObject(stub);
    },
    async restore(order: Partial<RestoreOrder> = {}): Promise<RecoveryStatus> {
      for (;;) {
        const status = await api.restoreStep({ without: [], acceptEnd: null, ...order });
        if (status.state === "in-order" || status.stopped) return status;
      }
    },
    members: async (): Promise<string[]> => (await api.copy(null)).members.map(({ p }) => toHex(p)),
    goOn: async (now: Instant) => {
      await api.setNow(now);
      await runDurableObjectAlarm(stub);
    },
    /** Lets the alarm run until a copy is whole. */
    copied: async (now: Instant) => {
      await api.setNow(now);
      const { copied } = (await rows<{ copied: number | null }>("select copied from chain"))[0]!;
      while ((await rows<{ copied: number | null }>("select copied from chain"))[0]!.copied === copied) await runDurableObjectAlarm(stub);
    },
  };
}

const tablesIn = (sql: SqlStorage): string[] =>
  sql.exec<{ name: string }>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like '\\_%' escape '\\'").toArray().map(({ name }) => name);

export const DESTROYED = "this Register was destroyed and has to be restored";

export const numbers = (...people: ReturnType<typeof phone>[]): string[] => people.map(({ p }) => toHex(p)).toSorted();
export const excluded = (seq: number, t: Instant, by: { p: Uint8Array }): Change => ({ seq, t, type: "excluded", rootEpoch: 0, p: by.p });
export const released = (seq: number, t: Instant, by: { p: Uint8Array }): Change => ({ ...excluded(seq, t, by), type: "released" }) as Change;
export const enrolment = { commandId: "e", fingerprint: "f", name: "Mfano Ltd", requiredKinds: [] };
