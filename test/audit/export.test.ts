import { beforeAll, describe, expect, it } from "vitest";
import { exportPage, type ExportParts, type ExportRange } from "../../src/domains/compliance/export/export.ts";
import { type ExportedEntry, verifyExport } from "../../src/audit/export.ts";
import { commitmentOf, leafOf } from "../../src/audit/entry.ts";
import type { ReadPublished } from "../../src/audit/published.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import { utf8 } from "../../src/kernel/bytes.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { commit } from "../../src/office/commit.ts";
import { recordOf } from "../../src/office/entry.ts";
import { auditEntries } from "../../src/office/tables.ts";
import { formatCheckpoint } from "../../src/tlog/checkpoint.ts";
import { edgeRoot, EMPTY_EDGE, extend } from "../../src/tlog/edge.ts";
import { encodeBundle } from "../../src/tlog/entries.ts";
import { leafHash } from "../../src/tlog/merkle.ts";
import { formatNote } from "../../src/tlog/note.ts";
import type { Policy } from "../../src/tlog/policy.ts";
import { logSigner, sign, type Signer } from "../../src/tlog/sign.ts";
import { newBundles, TILE_WIDTH, tilePath } from "../../src/tlog/tiles.ts";
import { testOffice } from "../support/office.ts";

const test = testOffice();
const auditor: Actor = { kind: "user", id: "auditor", origin: null };
const ORIGIN = "register.test/log";
const OWN = 40;

let signer: Signer;
let policy: Policy;
/** As the log's bucket has it. */
const bucket = new Map<string, Uint8Array>();
const published: ReadPublished = async (key) => bucket.get(key) ?? null;
let parts: ExportParts;
let leaves: Uint8Array[];

async function publish(size: number): Promise<void> {
  const { edge, tiles } = extend(EMPTY_EDGE, leaves.slice(0, size).map(leafHash));
  const put = (tile: Parameters<typeof tilePath>[0], bytes: Uint8Array) => void bucket.set(`${tile.width === TILE_WIDTH ? "full" : "partial"}/${tilePath(tile)}`, bytes);
  for (const { tile, bytes } of tiles) put(tile, bytes);
  for (const bundle of newBundles(0n, BigInt(size))) {
    const first = Number(bundle.index) * TILE_WIDTH;
    put(bundle, encodeBundle(leaves.slice(first, first + bundle.width)));
  }
  const text = formatCheckpoint({ origin: ORIGIN, size: BigInt(size), root: edgeRoot(edge), extensions: [] });
  bucket.set("checkpoint", utf8(formatNote({ text, signatures: [await sign(text, signer)] })));
}

/** Every thirtieth leaf is of the office's own; the others are Register's, of which the office knows no salt. */
beforeAll(async () => {
  signer = await logSigner(ORIGIN, random(32));
  policy = { logs: [{ key: signer.key, url: null }], witnesses: [], quorum: { threshold: 0, members: [] } };
  const { primary } = test.office;
  for (let n = 0; n < OWN; n++) {
    await commit(test.office, { actor: auditor, rows: [], audit: { action: "user.changed", resource: `user/${n}`, payload: { n } }, answer: {} }, { now: n * 1_000, random });
  }
  const own = await primary.select().from(auditEntries).orderBy(auditEntries.position);
  leaves = own.flatMap((row, n) => {
    const mine = leafOf("office", { ...row, commitment: commitmentOf(row.salt!, recordOf(row)) });
    const others = Array.from({ length: 29 }, (_, other) =>
      leafOf("register", { id: uuidv7(n * 1_000 + other, random), at: n * 1_000 + other, action: "exclusion.registered", commitment: "A".repeat(43) }));
    return [mine, ...others];
  });
  for (const [n, { position }] of own.entries()) await primary.$client.execute({ sql: "update auditEntries set leaf = ? where position = ?", args: [n * 30, position] });
  await publish(leaves.length);
  parts = { office: test.office, published, clock: () => 1e9, random };
}, 30_000);

const file = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join("");

async function page(range: ExportRange) {
  const answer = await exportPage(parts, auditor, range);
  if (!answer.ok) throw new Error(answer.refusal);
  const [head, ...entries] = answer.lines as [{ from: number; to: number; next: string | null; proof: string[]; checkpoint: string }, ...ExportedEntry[]];
  return { head, entries, text: file(answer.lines) };
}

describe("an export", () => {
  it("of a time has everything of then in the log's order, opens the office's own, and is verified alone", async () => {
    const { head, entries, text } = await page({ from: 5_000, to: 7_000 });
    expect([head.from, head.to, head.next]).toEqual([150, 210, null]);
    expect(entries.filter(({ opening }) => opening).map(({ index, opening }) => [index, opening!.record.payload])).toEqual([[150, { n: 5 }], [180, { n: 6 }]]);
    expect(await verifyExport(text, policy)).toEqual({ ok: true, from: 150, to: 210, opened: 2, isWhole: true });
  });

  it("goes on where its page ended, and pages are verified together", async () => {
    const first = await page({ from: 0, to: 1e9 });
    expect([first.head.to, first.head.next]).toEqual([1_024, "1024-1200"]);
    const second = await page({ place: 1_024, end: 1_200 });
    expect(await verifyExport(first.text + second.text, policy)).toEqual({ ok: true, from: 0, to: 1_200, opened: OWN, isWhole: true });
    expect(await verifyExport(first.text, policy)).toMatchObject({ ok: true, isWhole: false });
    expect(await verifyExport(second.text + first.text, policy)).toMatchObject({ ok: false, refusal: "pages-apart", line: 178 });
  });

  it.each([[1, 2], [255, 257], [0, 1_024], [1_199, 1_200], [256, 512], [511, 1_027]])("of the places %i to %i is proven, whatever stands beside", async (place, end) => {
    const { text } = await page({ place, end });
    expect(await verifyExport(text, policy)).toMatchObject({ ok: true, from: place, to: Math.min(end, place + 1_024) });
  });

  it("is proven where a partial tile is gone because the full one is there, and in a smaller tree", async () => {
    const before = new Map(bucket);
    await publish(1_100);
    for (const key of [...bucket.keys()].filter((one) => one.startsWith("partial/"))) bucket.delete(key);
    for (const [key, bytes] of before) if (key.startsWith("full/")) bucket.set(key, bytes);
    await publish(1_024);
    const { text } = await page({ place: 1_000, end: 1_200 });
    expect(await verifyExport(text, policy)).toMatchObject({ ok: true, from: 1_000, to: 1_024 });
    bucket.clear();
    for (const [key, bytes] of before) bucket.set(key, bytes);
  });

  it("is told to the audit log before it is answered; nothing is exported that cannot be", async () => {
    await page({ place: 0, end: 5 });
    const told = await test.office.primary.select().from(auditEntries);
    expect(told.at(-1)).toMatchObject({ action: "audit.exported", resource: "audit", payload: '{"from":0,"to":5}' });
    const down = { ...parts, office: { ...test.office, primary: Object.assign(Object.create(test.office.primary), { $client: { batch: async () => Promise.reject(new Error("away")) } }) } };
    await expect(exportPage(down, auditor, { place: 0, end: 5 })).rejects.toThrow("away");
  });

  it("of what is not published is refused", async () => {
    const refused = { ok: false, refusal: "nothing-there" };
    expect(await exportPage(parts, auditor, { place: 1_200, end: 1_300 })).toEqual(refused);
    expect(await exportPage(parts, auditor, { place: 5, end: 5 })).toEqual(refused);
    expect(await exportPage({ ...parts, published: async () => null }, auditor, { from: 0, to: 9 })).toEqual(refused);
  });

  it("is not answered from a bucket that lacks something", async () => {
    const lacking = { ...parts, published: async (key: string) => (key.includes("entries") ? null : published(key)) };
    await expect(exportPage(lacking, auditor, { place: 0, end: 5 })).rejects.toThrow("is not there");
  });
});

describe("of an export nothing is believed", () => {
  const SOME = { place: 20, end: 100 };
  /** The file with one of its lines made another. */
  async function changed(at: number, change: (line: any) => void): Promise<string> {
    const answer = await exportPage(parts, auditor, SOME);
    const lines = structuredClone(answer.ok ? answer.lines : []);
    change(lines[at]);
    return file(lines);
  }

  it.each<[string, number, (line: any) => void, number]>([
    ["pages-apart", 0, () => undefined, 82],
    ["not-a-page", 0, (head) => void (head.format = "other"), 1],
    ["not-a-page", 0, (head) => void (head.from = -1), 1],
    ["out-of-order", 0, (head) => void (head.from = 21), 2],
    ["cut-short", 0, (head) => void (head.to = 101), 81],
    ["out-of-order", 5, (entry) => void entry.index++, 6],
    ["not-a-leaf", 5, (entry) => void (entry.leaf += " "), 6],
    ["not-proven", 5, (entry) => void (entry.leaf = entry.leaf.replace("registered", "released")), 1],
    ["opening-wrong", 11, (entry) => void (entry.opening.record.payload.n = 2), 12],
    ["opening-wrong", 11, (entry) => void (entry.opening.salt = "A".repeat(43)), 12],
    ["opening-wrong", 11, (entry) => void (entry.opening.salt = "AA"), 12],
    ["opening-wrong", 11, (entry) => void (entry.opening = { record: 1 }), 12],
    ["proof-malformed", 0, (head) => void (head.proof[0] = "AA"), 1],
    ["not-proven", 0, (head) => void head.proof.pop(), 1],
    ["not-proven", 0, (head) => void (head.proof = head.proof.toReversed()), 1],
    ["not-proven", 0, (head) => void head.proof.push(head.proof[0]), 1],
    ["signature-wrong", 0, (head) => void (head.checkpoint = head.checkpoint.replace("1200", "1201")), 1],
  ])("that is %s (line %i)", async (refusal, at, change, line) => {
    const text = await changed(at, change);
    const twice = refusal === "pages-apart" ? text + text : text;
    expect(await verifyExport(twice, policy)).toEqual({ ok: false, refusal, line });
  });

  it("that leaves one out, or is of another log, or is empty or garbage", async () => {
    const { head, entries } = await page(SOME);
    const without = entries.toSpliced(3, 1).map((entry, at) => ({ ...entry, index: 20 + at }));
    expect(await verifyExport(file([{ ...head, to: 99 }, ...without]), policy)).toMatchObject({ ok: false, refusal: "not-proven" });
    expect(await verifyExport(file([head, ...entries]), { ...policy, logs: [] })).toMatchObject({ ok: false, refusal: "log-unknown" });
    for (const [text, refusal] of [["", "empty"], ["\n", "empty"], ["null", "not-a-page"], ["{}", "not-a-page"], ["\0", "not-a-page"], ["[1]", "not-a-page"]] as const) {
      expect(await verifyExport(text, policy)).toEqual({ ok: false, refusal, line: 1 });
    }
  });
});
