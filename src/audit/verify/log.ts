import { fromUtf8, toBase64 } from "../../kernel/bytes.ts";
import type { Instant } from "../../kernel/clock.ts";
import { edgeRoot, type TreeEdge } from "../../tlog/edge.ts";
import { type BelievedCheckpoint, openCheckpoint } from "../../tlog/open-checkpoint.ts";
import type { Policy } from "../../tlog/policy.ts";
import { consistencyProof, type TreeHead, verifyConsistency } from "../../tlog/proofs.ts";
import { consistencyTiles, hashesFrom } from "../../tlog/tile-reader.ts";
import { tilePath } from "../../tlog/tiles.ts";
import { readTile, type ReadLog } from "./read.ts";
import { Leaves, type ListedEntry } from "./system.ts";
import { checkTree, type Doubt } from "./tree.ts";

export interface VerifyParts {
  read: ReadLog;
  /** Whose signatures are believed; the log's first of all. */
  policy: Policy;
  /** A checkpoint that was kept from an earlier time. */
  since?: string | null;
  /** What the running register lists, from now on back; null when it is not asked. */
  listed?: (() => AsyncIterable<ListedEntry>) | null;
  now: Instant;
  /** Hears what was checked, line by line. */
  say: (line: string) => void;
}

const CHECKPOINT = "checkpoint";

/**
 * Verifies a whole log from what it serves to anybody, believing nothing but the policy's keys. Answers everything that is not as
 * it must be; none means that the log is whole. Throws when something could not be found out.
 */
export async function verifyLog(parts: VerifyParts): Promise<Doubt[]> {
  const { policy, since, say } = parts;
  const opened = await readCheckpoint(parts);
  if ("what" in opened) return [opened];
  const head = opened.checkpoint;
  say(`checkpoint  ${head.origin}, ${head.size} entries, root ${toBase64(head.root)}; signed by the log${opened.cosigners.map(({ key, time }) => `, cosigned by ${key.name} at ${new Date(Number(time) * 1000).toISOString()}`).join("")}`);
  const leaves = new Leaves();
  const tree = await checkTree({ read: parts.read, heard: (leaf, index) => leaves.add(leaf, index) }, head);
  say(`entries     ${leaves.size} read, each in its one form and once`);
  say(`tiles       ${tree.tiles} made anew and compared byte for byte`);
  const doubts = [...tree.doubts, ...leaves.doubts];
  if (tree.edge.size < head.size) return doubts;
  if (since) doubts.push(...(await checkSince(since, parts, head)));
  doubts.push(...(await checkGrowth(parts, tree.edge)));
  if (parts.listed) doubts.push(...(await checkListed(parts, leaves, head.size)));
  say(`signatures  by ${policy.logs.length + policy.witnesses.length} keys of the policy`);
  return doubts;
}

async function readCheckpoint({ read, policy }: Pick<VerifyParts, "read" | "policy">): Promise<BelievedCheckpoint | Doubt> {
  const bytes = await read(CHECKPOINT);
  if (!bytes) return { where: CHECKPOINT, what: "there is none" };
  return believed(textOf(bytes), policy, CHECKPOINT);
}

async function believed(text: string | null, policy: Policy, where: string): Promise<BelievedCheckpoint | Doubt> {
  const opened = text === null ? { ok: false as const, refusal: "not-unicode" } : await openCheckpoint(text, policy);
  return opened.ok ? opened : { where, what: `it is not to be believed: ${opened.refusal}` };
}

/** Null for what is no UTF-8. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return fromUtf8(bytes);
  } catch {
    return null;
  }
}

/** What was signed once is the beginning of what is signed now. */
async function checkSince(since: string, { read, policy, say }: VerifyParts, head: TreeHead): Promise<Doubt[]> {
  const where = "the earlier checkpoint";
  const earlier = await believed(since, policy, where);
  if ("what" in earlier) return [earlier];
  if (!(await continues(read, earlier.checkpoint, head))) return [{ where, what: "the log is not that one grown" }];
  say(`since       ${earlier.checkpoint.size} entries of the earlier checkpoint are its beginning`);
  return [];
}

/** The log may have grown while it was read; then it grew from what was read. */
async function checkGrowth({ read, policy, say }: VerifyParts, edge: TreeEdge): Promise<Doubt[]> {
  const opened = await readCheckpoint({ read, policy });
  if ("what" in opened) return [opened];
  if (!(await continues(read, { size: edge.size, root: edgeRoot(edge) }, opened.checkpoint))) return [{ where: CHECKPOINT, what: "it changed to one that is not the log grown" }];
  say(`growth      to ${opened.checkpoint.size} entries meanwhile: consistent`);
  return [];
}

async function continues(read: ReadLog, old: TreeHead, head: TreeHead): Promise<boolean> {
  if (old.size > head.size) return false;
  const tiles = new Map<string, Uint8Array>();
  for (const tile of consistencyTiles(old.size, head.size)) {
    const bytes = await readTile(read, tile);
    if (!bytes) return false;
    tiles.set(tilePath(tile), bytes);
  }
  const proof = consistencyProof(old.size, head.size, hashesFrom((tile) => tiles.get(tilePath(tile))!, head.size));
  return verifyConsistency(old, head, proof);
}

async function checkListed({ listed, now, say }: VerifyParts, leaves: Leaves, size: bigint): Promise<Doubt[]> {
  const { compared, waiting, doubts } = await leaves.compare(listed!(), size, now);
  say(`register    ${compared} of its entries are in their places; ${waiting} are younger than the checkpoint`);
  return doubts;
}
