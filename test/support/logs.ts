import { commitmentOf, type Leaf, leafOf } from "../../src/audit/entry.ts";
import type { ReadLog } from "../../src/audit/verify/read.ts";
import { utf8 } from "../../src/kernel/bytes.ts";
import { uuidv7 } from "../../src/kernel/ids.ts";
import { random } from "../../src/objects/shell.ts";
import { formatCheckpoint } from "../../src/tlog/checkpoint.ts";
import { EMPTY_EDGE, edgeRoot, extend, type TreeEdge } from "../../src/tlog/edge.ts";
import { encodeBundle } from "../../src/tlog/entries.ts";
import { leafHash } from "../../src/tlog/merkle.ts";
import { formatNote } from "../../src/tlog/note.ts";
import { type Policy, parsePolicy } from "../../src/tlog/policy.ts";
import { cosign, logSigner, sign, witnessSigner } from "../../src/tlog/sign.ts";
import { parseTilePath, TILE_WIDTH, tilePath, widthAt } from "../../src/tlog/tiles.ts";
import { formatVerifierKey } from "../../src/tlog/verifier-key.ts";

const ORIGIN = "log.test/audit";
const [log, witness] = await Promise.all([logSigner(ORIGIN, new Uint8Array(32).fill(1)), witnessSigner("witness.test", new Uint8Array(32).fill(2))]);

export const POLICY_TEXT = `log ${formatVerifierKey(log.key)}\nwitness w ${formatVerifierKey(witness.key)}\nquorum w\n`;
const parsed = parsePolicy(POLICY_TEXT);
if (!parsed.ok) throw new Error(parsed.refusal);
export const POLICY: Policy = parsed.policy;

const START = 1_800_000_000_000;

/** The `index`th entry of a log in a test: the office's, another id in another log. */
export const leafAt = (index: number): Leaf => {
  const at = START + index;
  const record = { actor: null, channel: "api", commandId: null, outcome: "done" as const, payload: { index }, resource: `user/${index}` };
  return { id: uuidv7(at, random), at, action: "user.changed", commitment: commitmentOf(random(32), record), source: "office" };
};

/** A log of these leaves as it is served: each file by its path below the log's address, and no partial tile whose full one is there. */
export async function filesOf(leaves: readonly Leaf[], told: (leaf: Leaf) => Uint8Array = (leaf) => leafOf(leaf.source, leaf)): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let edge: TreeEdge = EMPTY_EDGE;
  for (let from = 0; from < leaves.length; from += TILE_WIDTH) {
    const entries = leaves.slice(from, from + TILE_WIDTH).map(told);
    files.set(tilePath({ level: "entries", index: BigInt(from / TILE_WIDTH), width: entries.length }), encodeBundle(entries));
    const grown = extend(edge, entries.map(leafHash));
    for (const { tile, bytes } of grown.tiles) files.set(tilePath(tile), bytes);
    edge = grown.edge;
  }
  files.set("checkpoint", utf8(await noteOf(edge)));
  return new Map([...files].filter(([path]) => !isReplaced(path, edge.size)));
}

function isReplaced(path: string, size: bigint): boolean {
  const tile = parseTilePath(path);
  return tile !== null && tile.width < TILE_WIDTH && widthAt(tile.level, tile.index, size) === TILE_WIDTH;
}

/** Whether a verifier of a log of this size reads the file: partial tiles stay there after the log grew. */
export function isRead(path: string, size: bigint): boolean {
  const tile = parseTilePath(path);
  return !tile || tile.width === widthAt(tile.level, tile.index, size);
}

async function noteOf(edge: TreeEdge): Promise<string> {
  const text = formatCheckpoint({ origin: ORIGIN, size: edge.size, root: edgeRoot(edge), extensions: [] });
  return formatNote({ text, signatures: [await sign(text, log), await cosign(text, BigInt(START / 1000), witness)] });
}

export const readingFrom = (files: ReadonlyMap<string, Uint8Array>): ReadLog => async (path) => files.get(path) ?? null;
