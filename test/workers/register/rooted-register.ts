/** A Register whose root is rotated. */
import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { expect } from "vitest";
import { underRoot } from "../../../src/bst/lineage.ts";
import type { EpochRow } from "../../../src/check/directory.ts";
import type { StatedIdentifier } from "../../../src/domains/exclusions/model.ts";
import { systemActor } from "../../../src/kernel/actor.ts";
import { toHex } from "../../../src/kernel/bytes.ts";
import { SECOND } from "../../../src/kernel/clock.ts";
import { lineage } from "../../support/lineages.ts";
import { rootKeysOf, START } from "./doubles.ts";
import { keptRegister } from "./kept-register.ts";

export const actor = systemActor("test");

/** A Register, its tokenizer, and the people it was told of, by what each is under every root. */
export function aRootedRegister() {
  const register = keptRegister();
  const { api, stub, rows } = register;
  const keys = rootKeysOf(stub.name!);
  const people = new Map<string, StatedIdentifier>();
  let now = START;
  const known = (stated: StatedIdentifier, newest = keys.newest): StatedIdentifier => {
    people.set(toHex(stated.p), stated);
    return { ...stated, p: lineage(stated.p, newest) };
  };
  const names = (...all: StatedIdentifier[]): string[] => all.map(({ p }) => toHex(p)).toSorted();

  /** By root: whom a replica that followed from the beginning has excluded, by their first pseudonym; and the epochs' roots that are read. */
  async function followed() {
    const sets = new Map<number, Set<string>>();
    const epochs = new Map<string, EpochRow>();
    for (const row of (await api.poll(0)).rows) {
      if (row.type === "epoch") epochs.set(`${row.epoch.operator} ${row.epoch.epoch}`, row.epoch);
      if (row.type !== "excluded" && row.type !== "released") continue;
      const set = sets.get(row.rootEpoch) ?? new Set();
      sets.set(row.rootEpoch, set);
      const found = [...people.values()].find(({ p }) => toHex(underRoot(lineage(p, 3), row.rootEpoch)!) === toHex(row.p));
      if (!found) throw new Error("excluded under a root as nobody is");
      if (row.type === "excluded") expect(set.has(toHex(found.p)), "excluded twice").toBe(false);
      if (row.type === "excluded") set.add(toHex(found.p));
      else expect(set.delete(toHex(found.p)), "released, and was not excluded").toBe(true);
    }
    const read = [...new Set([...epochs.values()].filter(({ state }) => state !== "retired").map(({ rootEpoch }) => rootEpoch))].toSorted();
    return { sets, read };
  }

  async function goBy(ms: number): Promise<void> {
    await api.setNow((now += ms));
    await runDurableObjectAlarm(stub);
  }

  return {
    ...register, keys, known, names,
    get now() {
      return now;
    },
    /** Every token that is read says of everybody what is so; a copy begun now says the same. */
    async says(...excluded: StatedIdentifier[]): Promise<void> {
      const { sets, read } = await followed();
      const copied = new Map<number, Set<string>>();
      for (let after: Uint8Array | null = null, page; (page = (await api.copy(after)).members).length > 0; after = page.at(-1)!.p) {
        for (const { rootEpoch, p } of page) copied.set(rootEpoch, (copied.get(rootEpoch) ?? new Set()).add(toHex(p)));
      }
      for (const root of read) {
        expect([...(sets.get(root) ?? [])].toSorted(), `the log under root ${root}`).toEqual(names(...excluded));
        const under = excluded.map(({ p }) => toHex(underRoot(lineage(p, 3), root)!)).toSorted();
        expect([...(copied.get(root) ?? [])].toSorted(), `a copy under root ${root}`).toEqual(under);
      }
    },
    goBy,
    /** Until the rotation is in this state, a step at a time, with something done after each. */
    async until(state: string, each: () => Promise<void> = async () => {}, stepMs = SECOND): Promise<void> {
      for (let steps = 0; (await api.rotations())[0]!.state !== state; steps++) {
        if (steps > 300) throw new Error(`never ${state}`);
        await goBy(stepMs);
        await each();
      }
    },
    rotate: (commandId = "r") => api.rotateRoot({ commandId, fingerprint: "f", actor }),
    pairs: async () => (await rows<{ p: ArrayBuffer }>("select p from advanced")).map(({ p }) => toHex(new Uint8Array(p))).toSorted(),
    /** Evicted, it goes on from its storage. */
    restart: () => evictDurableObject(stub),
  };
}
