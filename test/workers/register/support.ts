import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Kind, Pseudonym } from "../../../src/bst/kinds.ts";
import type { Change } from "../../../src/check/feed.ts";
import type { Receipt, RegisterCommand, StatedIdentifier } from "../../../src/domains/exclusions/model.ts";
import type { ChosenPolicy } from "../../../src/domains/exclusions/policies.ts";
import type { RegisterApi } from "../../../src/domains/exclusions/rpc.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import type { Instant } from "../../../src/kernel/clock.ts";
import type { ClockedRegister } from "./doubles.ts";

/** A Register of its own, by its public door, and what only tests do with it. */
export function aRegister(name: string = crypto.randomUUID()) {
  const stub = env.CLOCKED_REGISTER.getByName(name);
  const api = stub as unknown as RegisterApi & { setNow(now: Instant): Promise<void>; setPace(ms: number): Promise<void>; lines(): Promise<string[]> };
  return {
    api,
    stub,
    /** Moves the clock and lets the alarm do what is due, run after run, until nothing more changes. */
    async goTo(now: Instant): Promise<void> {
      await api.setNow(now);
      let { seq } = await api.poll(0);
      for (let before = -1; before !== seq; ) {
        before = seq;
        await runDurableObjectAlarm(stub);
        ({ seq } = await api.poll(0));
      }
    },
    /** Every row of a query on the object's own storage. */
    rows: <Row = Record<string, unknown>>(query: string): Promise<Row[]> =>
      runInDurableObject(stub, (_, state) => state.storage.sql.exec(query).toArray() as Row[]),
  };
}

/** The same within a Register of its own, without calls between objects and with nothing leaving it, for tests of very many steps. */
export const inside = (work: (register: Pick<ReturnType<typeof aRegister>, "api" | "goTo">) => Promise<void>): Promise<void> =>
  runInDurableObject(env.CLOCKED_REGISTER.getByName(crypto.randomUUID()), (instance, { storage: { sql } }) => {
    const register = instance as ClockedRegister;
    for (const { name } of sql.exec<{ name: string }>("select name from sqlite_master where type = 'trigger'").toArray()) sql.exec(`drop trigger "${name}"`);
    for (const table of ["journal", "due"]) sql.exec(`delete from ${table}`);
    const goTo = async (now: Instant): Promise<void> => {
      register.setNow(now);
      await register.alarm();
    };
    return work({ api: register as unknown as ReturnType<typeof aRegister>["api"], goTo });
  });

/** A pseudonym that differs from every other in its first bytes. */
export function pseudonym(number: number): Pseudonym {
  const p = new Uint8Array(16).fill(7);
  new DataView(p.buffer).setUint32(0, number);
  return p;
}

export const phone = (number: number): StatedIdentifier => ({ p: pseudonym(number), kind: "msisdn", evidence: "code" });

export const typed = (number: number, kind: Kind = "national_id"): StatedIdentifier => ({
  p: pseudonym(1_000_000 + number), kind, evidence: "typed",
});

export const aCommand = (
  policy: ChosenPolicy, by: StatedIdentifier, documents: StatedIdentifier[] = [], more: Partial<RegisterCommand> = {},
): RegisterCommand => ({
  commandId: crypto.randomUUID(), policy, channel: "web", identifiers: [by, ...documents], box: null, ...more,
});

/** The message a call breaks with. A platform promise given to `expect().rejects` counts as unhandled: hence awaited here. */
export async function fault(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("did not break");
}

/** What a replica that applied these rows would hold, in hexadecimal. Throws on a row that does not follow. */
export function replay(rows: readonly Change[]): Set<string> {
  const held = new Set<string>();
  rows.forEach((row, at) => {
    if (row.seq !== at + 1) throw new Error(`row ${at + 1} has seq ${row.seq}`);
    if (row.type === "excluded") {
      if (held.has(toHex(row.p)) !== (row.news === "extended")) throw new Error("excluded twice, or lengthened and not excluded");
      held.add(toHex(row.p));
    }
    if (row.type === "released" && !held.delete(toHex(row.p))) throw new Error("released, and was not excluded");
  });
  return held;
}

export async function registered(api: RegisterApi, command: RegisterCommand): Promise<Receipt> {
  const result = await api.register(command);
  if (!result.ok) throw new Error(result.refusal);
  return result.receipt;
}

/** Everybody a replica of this Register would call excluded, in hexadecimal and in order. */
export const excluded = async (api: RegisterApi): Promise<string[]> => [...replay((await api.poll(0)).rows)].toSorted();
