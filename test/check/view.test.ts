import { beforeEach, describe, expect, it } from "vitest";
import { decide, type Freshness, type Opened } from "../../src/check/decide.ts";
import { Directory, readKey } from "../../src/check/directory.ts";
import { ExclusionSet } from "../../src/check/exclusion-set.ts";
import { DEFAULT_TERMS } from "../../src/check/terms.ts";
import { View } from "../../src/check/view.ts";
import { rowOf } from "../../src/snapshot/row.ts";
import { encodeShard, Shard } from "../../src/snapshot/shard.ts";
import { personOf, World } from "../support/world.ts";

let world: World;

beforeEach(() => {
  world = new World();
});

const QUESTION = { keyHash: "", operator: "", asked: [] };

/** A poll sent and answered in the same millisecond. */
const at = (now: number) => ({ sentAt: now, receivedAt: now });

function begun(): View {
  const view = new View();
  view.begin(world.first(QUESTION), null);
  return view;
}

describe("a view", () => {
  it("counts a poll's age from sending it", async () => {
    world.latency = 200;
    await world.check(world.token(1));
    await world.settle();
    await world.keeper.refresh();
    const interval = 2 * world.latency + world.age;
    expect(world.keeper.view.staleness(world.now)).toBe(interval + 100 + Math.ceil(interval / 1_000));
  });

  it("begins anew on another log, and not on an older one's remains", () => {
    const view = begun();
    view.apply(world.poll(0), at(world.now));
    expect(view.apply({ ...world.poll(0), logId: "old", t: world.now - 60_000 }, at(world.now + 1))).toBe("older");
    expect(view.cold).toBe(false);
    expect(view.apply({ ...world.poll(view.applied), logId: "new" }, at(world.now + 2))).toBe("restart");
    expect([view.cold, view.staleness(world.now + 2)]).toEqual([true, null]);
  });

  it("has no lease before the last page of a poll", () => {
    const view = begun();
    const { rows, ...head } = world.poll(0);
    expect(view.apply({ ...head, rows: rows.slice(0, 2) }, at(world.now))).toBe("more");
    expect(view.staleness(world.now)).toBeNull();
    expect(view.apply({ ...head, rows: rows.slice(2) }, at(world.now))).toBe("complete");
    expect(view.staleness(world.now)).not.toBeNull();
  });

  it("does not unlearn, while it replays, what its directory already knew", () => {
    world.putKey({}, { state: "revoked" });
    const view = begun();
    const { rows, ...head } = world.poll(0);
    view.apply({ ...head, rows: rows.slice(0, 2) }, at(world.now));
    expect(view.directory.holder(world.key(), world.now)).toBeNull();
  });

  it("passes over rows it has", () => {
    const view = begun();
    world.exclude(1);
    view.apply(world.poll(0), at(world.now));
    expect(view.apply(world.poll(0), at(world.now + 1))).toBe("complete");
    expect(view.set(0).has(personOf(1))).toBe(true);
  });
});

describe("a set", () => {
  const p = Uint8Array.from([7, ...personOf(1).slice(1)]);
  const shards = (hash: string | null) => ({ rootEpoch: 0, shardBits: 8 as const, shards: Array.from({ length: 256 }, (_, n) => (n === 7 ? hash : null)) });
  const shardOf = (...ps: Uint8Array[]) => new Shard(encodeShard(7, 8, ps));
  const other = Uint8Array.from([7, ...personOf(2).slice(1)]);

  it("says nothing of a shard that is not in memory", () => {
    expect(new ExclusionSet(0, shards("a"), 10).has(p)).toBeNull();
  });

  it("refuses a shard of an older snapshot than the one it reads over", () => {
    const set = new ExclusionSet(0, shards("a"), 10);
    const wanted = set.wanted(p)!;
    set.adopt(shards("b"), 20);
    set.install(wanted, shardOf(p));
    expect(set.has(p)).toBeNull();
  });

  it("keeps the deltas that an older shard in memory still needs", () => {
    const set = new ExclusionSet(0, shards("a"), 10);
    set.install(set.wanted(p)!, shardOf(p));
    set.put(p, false, 15);
    set.put(other, true, 16);
    set.adopt(shards("b"), 20);
    expect([set.has(p), set.has(other), set.overlaySize]).toEqual([false, true, 2]);
    set.install(set.stale()[0]!, shardOf(other));
    expect([set.has(p), set.has(other), set.overlaySize]).toEqual([false, true, 0]);
  });

  it("is empty where nothing was published, and goes on so until a new shard is there", () => {
    const set = new ExclusionSet(0);
    set.put(p, true, 5);
    set.adopt(shards("a"), 10);
    expect([set.has(p), set.has(other)]).toEqual([true, false]);
    set.install(set.stale()[0]!, shardOf(p));
    expect([set.has(p), set.has(other), set.overlaySize]).toEqual([true, false, 0]);
  });

  it("is empty again when the last of a shard was released", () => {
    const set = new ExclusionSet(0, shards("a"), 10);
    set.install(set.wanted(p)!, shardOf(p));
    set.put(p, false, 15);
    set.adopt(shards(null), 20);
    expect([set.has(p), set.overlaySize, set.stale()]).toEqual([false, 0, []]);
  });

  it("does not take another shard's bytes", () => {
    const set = new ExclusionSet(0, shards("a"), 10);
    const foreign = new Shard(encodeShard(8, 8, []));
    expect(() => set.install(set.wanted(p)!, foreign)).toThrow(RangeError);
    expect(rowOf(p, 8).shard).toBe(7);
  });
});

describe("a decision", () => {
  const operator = { id: "acme01", state: "active" as const, requiredKinds: [] };
  const token: Opened = { ok: true, kind: "msisdn", epoch: 0, rootEpoch: 0, p: personOf(1), standing: "current" };
  const fresh: Freshness = { sequence: 1, through: "", stalenessMs: 100, clearAllowed: true };
  const ask = (opened: Opened[], verdicts: ("excluded" | "clear" | "unknown")[], freshness = fresh) => {
    const outcome = decide({ tokens: opened.map(() => ""), purpose: "login" }, operator, opened, verdicts, freshness, "id");
    return outcome.ok ? outcome.answer.decision : outcome.problem;
  };

  it("is clear only when every token is, on data young enough", () => {
    expect(ask([token], ["clear"])).toBe("clear");
    expect(ask([token], ["clear"], { ...fresh, clearAllowed: false })).toBe("indeterminate");
    expect(ask([token, token], ["clear", "unknown"])).toBe("indeterminate");
    expect(ask([token, token], ["clear"])).toBe("indeterminate");
    expect(ask([], [])).toBe("indeterminate");
  });

  it("is excluded on any data it is given", () => {
    expect(ask([token], ["excluded"], { ...fresh, clearAllowed: false })).toBe("excluded");
  });
});

describe("a directory", () => {
  const key = (operator: string) => readKey(`Bearer sk_live_${operator}_0123456789abcdef0123456789abcdef`)!;
  const rows = (state: "active" | "suspended") => ({
    operators: [{ id: "acme01", state, requiredKinds: [] }, { id: "rival1", state: "active" as const, requiredKinds: [] }],
    keys: [{ id: "k", hash: key("acme01").hash, operator: "acme01", state: "active" as const, ...DEFAULT_TERMS }],
  });

  it("holds a key for its own operator alone", () => {
    const directory = new Directory(rows("active"));
    expect(directory.holder(key("acme01"), 0)?.operator.id).toBe("acme01");
    expect(directory.holder({ operator: "rival1", mode: "live", hash: key("acme01").hash }, 0)).toBeNull();
  });

  it("holds none of a suspended operator", () => {
    expect(new Directory(rows("suspended")).holder(key("acme01"), 0)).toBeNull();
  });

  it.each(["", "Bearer ", "Bearer sk_live_acme01", "bearer sk_live_acme01_0123456789abcdef", "Bearer sk_demo_acme01_0123456789abcdef",
    "Bearer sk_live_ACME_0123456789abcdef", "Bearer sk_live_acme01_short", "Bearer sk_live_acme01_0123456789abcdef extra"])(
    "reads no key from %j", (header) => {
      expect(readKey(header)).toBeNull();
    });
});
