import { describe, expect, it } from "vitest";
import { leafOf, type Leaf } from "../../src/audit/entry.ts";
import { verifyLog, type VerifyParts } from "../../src/audit/verify/log.ts";
import type { ListedEntry } from "../../src/audit/verify/system.ts";
import { fromUtf8, utf8 } from "../../src/kernel/bytes.ts";
import { MINUTE } from "../../src/kernel/clock.ts";
import { parsePolicy } from "../../src/tlog/policy.ts";
import { filesOf, isRead, leafAt, POLICY, POLICY_TEXT, readingFrom } from "../support/logs.ts";

const NOW = 1_900_000_000_000;
const leaves = Array.from({ length: 600 }, (_, at) => leafAt(at));
const files = await filesOf(leaves);
/** What was served of it before. */
const shorter = await filesOf(leaves.slice(0, 300));
const noteOf = (some: ReadonlyMap<string, Uint8Array>): string => fromUtf8(some.get("checkpoint")!);

const verify = (parts: Partial<VerifyParts> = {}) => verifyLog({ read: readingFrom(files), policy: POLICY, now: NOW, say: () => {}, ...parts });
const doubtsOf = async (parts: Partial<VerifyParts>) => (await verify(parts)).map(({ where, what }) => `${where}: ${what}`);
const without = (...paths: string[]) => new Map([...files].filter(([path]) => !paths.includes(path)));

describe("a log is verified", () => {
  it("from its first entry to its last, and says what was checked", async () => {
    const said: string[] = [];
    expect(await verify({ say: (line) => void said.push(line) })).toEqual([]);
    expect(said.join("\n")).toMatch(/600 entries.*cosigned by witness\.test at 2027-01-15T08:00:00\.000Z\nentries +600 read.*\ntiles +4 made anew/);
  });

  it.each([0, 1, 255, 256, 257, 512])("of %i entries", async (size) => {
    expect(await verify({ read: readingFrom(await filesOf(leaves.slice(0, size))) })).toEqual([]);
  });

  it("whose partial tiles went when they were full", async () => {
    const grown = new Map([...shorter, ...files, ["checkpoint", shorter.get("checkpoint")!]].filter(([path]) => path !== "tile/0/001.p/44" && path !== "tile/entries/001.p/44") as [string, Uint8Array][]);
    expect(await verify({ read: readingFrom(grown) })).toEqual([]);
  });

  it("that grew while it was read", async () => {
    let asked = 0;
    const read = async (path: string) => (path === "checkpoint" && asked++ > 0 ? files : shorter).get(path) ?? files.get(path) ?? null;
    expect(await verify({ read })).toEqual([]);
  });

  it("as the continuation of what was kept from an earlier time", async () => {
    expect(await verify({ since: noteOf(shorter) })).toEqual([]);
  });
});

describe("a log is doubted", () => {
  it("when there is no checkpoint, or one that nobody believed in signed", async () => {
    expect(await doubtsOf({ read: readingFrom(new Map()) })).toEqual(["checkpoint: there is none"]);
    const other = parsePolicy(POLICY_TEXT.replace(/^log \S+\n/, "").replace("quorum w", "quorum none"));
    expect(other.ok && (await doubtsOf({ policy: other.policy }))).toEqual(["checkpoint: it is not to be believed: log-unknown"]);
    const unwitnessed = noteOf(files).split("\n").toSpliced(-2, 1).join("\n");
    expect(await doubtsOf({ read: readingFrom(new Map([...files, ["checkpoint", utf8(unwitnessed)]])) })).toEqual(["checkpoint: it is not to be believed: quorum-missing"]);
  });

  it("when a bundle or a tile is missing", async () => {
    expect(await doubtsOf({ read: readingFrom(without("tile/entries/001")) })).toEqual(["tile/entries/001: it is missing, or not a bundle of 256 entries"]);
    expect(await doubtsOf({ read: readingFrom(without("tile/0/001")) })).toContain("tile/0/001: it is missing, or of another length");
    expect(await doubtsOf({ read: readingFrom(without("tile/1/000.p/2")) })).toContain("tile/1/000.p/2: it is missing, or of another length");
  });

  it("when an entry was changed and everything below the signature was made to fit", async () => {
    const changed = leaves.map((leaf, at) => (at === 300 ? { ...leaf, action: "user.deleted" } : leaf));
    const forged = new Map([...(await filesOf(changed)), ["checkpoint", files.get("checkpoint")!]]);
    expect(await doubtsOf({ read: readingFrom(forged) })).toContain("checkpoint: its root is not that of the entries");
  });

  it("when what was kept from an earlier time is not its beginning, or the log went back", async () => {
    const other = await filesOf([leafAt(0), ...leaves.slice(1, 300)]);
    expect(await doubtsOf({ since: noteOf(other) })).toEqual(["the earlier checkpoint: the log is not that one grown"]);
    expect(await doubtsOf({ read: readingFrom(shorter), since: noteOf(files) })).toEqual(["the earlier checkpoint: the log is not that one grown"]);
  });

  it("when it changed into another while it was read", async () => {
    const other = await filesOf([leafAt(0), ...leaves.slice(1)]);
    let asked = 0;
    const read = async (path: string) => (path === "checkpoint" && asked++ > 0 ? other : files).get(path) ?? null;
    expect(await doubtsOf({ read })).toEqual(["checkpoint: it changed to one that is not the log grown"]);
  });

  it("when an entry is there twice", async () => {
    const twice = await filesOf([...leaves, leaves[7]!]);
    expect(await doubtsOf({ read: readingFrom(twice) })).toEqual([`entry 600: its id ${leaves[7]!.id} is that of an entry before it`]);
  });

  it("when an entry says more than a leaf may", async () => {
    const talkative = await filesOf(leaves.slice(0, 3), (leaf) => (leaf === leaves[1] ? utf8(fromUtf8(leafOf(leaf.source, leaf)).replace("{", '{"aa":"Amina",')) : leafOf(leaf.source, leaf)));
    expect(await doubtsOf({ read: readingFrom(talkative) })).toEqual(["entry 1: it is not a leaf of this register in its one form"]);
  });

  it("not silently when it cannot be asked", async () => {
    await expect(verify({ read: async () => { throw new Error("away"); } })).rejects.toThrow("away");
  });
});

describe("what the register lists", () => {
  const listed = (...entries: ListedEntry[]) => async function* () { yield* entries; };
  const entryOf = (leaf: Leaf, place: number): ListedEntry => ({ ...leaf, leaf: place });
  const all = leaves.map(entryOf);
  const of = (...entries: ListedEntry[]) => doubtsOf({ listed: listed(...entries) });

  it("is in the log, each entry in its place", async () => {
    expect(await of(...all)).toEqual([]);
  });

  it("may be younger than the log, for two minutes", async () => {
    const waiting = { ...entryOf(leafAt(0), 0), leaf: null };
    expect(await of(...all, { ...waiting, at: NOW - 2 * MINUTE + 1 }, { ...entryOf(leafAt(1), 600) })).toEqual([]);
    expect(await of(...all, { ...waiting, at: NOW - 2 * MINUTE })).toEqual([`office entry ${waiting.id}: it waits for the log for more than two minutes`]);
  });

  it.each([
    ["in another place", { leaf: 8 }], ["at another time", { at: 1 }], ["of another kind", { action: "user.deleted" }], ["of another source", { source: "register" }],
  ] as [string, Partial<ListedEntry>][])("is not in the log %s", async (_, wrong) => {
    expect(await of(...all.with(7, { ...all[7]!, ...wrong }))).toEqual([`${wrong.source ?? "office"} entry ${all[7]!.id}: the log has not this in its place`]);
  });

  it("lacks nothing that the log has", async () => {
    expect(await of(...all.toSpliced(7, 1))).toEqual([`office entry ${all[7]!.id}: the log has it, and the register does not list it`]);
    const young = { ...leaves[7]!, at: NOW - 2 * MINUTE + 1 };
    const read = readingFrom(await filesOf(leaves.with(7, young)));
    expect(await doubtsOf({ read, listed: listed(...all.toSpliced(7, 1)) })).toEqual([]);
  });
});

describe("one flipped bit anywhere", () => {
  it("is a doubt", async () => {
    const paths = [...files.keys()].filter((path) => isRead(path, 600n));
    for (let flip = 0; flip < 200; flip++) {
      const path = paths[flip % paths.length]!;
      const spoiled = files.get(path)!.slice();
      spoiled[Math.floor(Math.random() * spoiled.length)]! ^= 1 << Math.floor(Math.random() * 8);
      expect(await verify({ read: readingFrom(new Map([...files, [path, spoiled]])) }), `${path}`).not.toEqual([]);
    }
  });
});
