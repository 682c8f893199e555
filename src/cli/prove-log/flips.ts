import { randomInt } from "node:crypto";
import { verifyLog } from "../../audit/verify/log.ts";
import { equalBytes } from "../../kernel/bytes.ts";
import type { Policy } from "../../tlog/policy.ts";
import { parseTilePath, type Tile, TILE_WIDTH, tilePath, widthAt } from "../../tlog/tiles.ts";

/** Flips one bit of one stored file at a time; answers the files in which a flip was not seen. */
export async function flipBits(files: ReadonlyMap<string, Uint8Array>, size: bigint, policy: Policy, flips: number, progress: (done: number) => void): Promise<string[]> {
  const [paths, unseen] = [[...files.keys()].filter((path) => path === "checkpoint" || parseTilePath(path)), [] as string[]];
  for (let done = 0; done < flips; done++) {
    const path = paths[randomInt(paths.length)]!;
    const spoiled = files.get(path)!.slice();
    spoiled[randomInt(spoiled.length)]! ^= 1 << randomInt(8);
    if (!(await isSeen(new Map([...files, [path, spoiled]]), path, size, policy))) unseen.push(path);
    progress(done + 1);
  }
  return unseen;
}

/** What a verifier of this size does not read, for it was partial once, must be the beginning of what it reads now. */
async function isSeen(files: ReadonlyMap<string, Uint8Array>, path: string, size: bigint, policy: Policy): Promise<boolean> {
  const tile = parseTilePath(path);
  const width = tile && widthAt(tile.level, tile.index, size);
  if (tile && width !== tile.width) return !isBeginning(files.get(path)!, files, { ...tile, width: width! });
  const doubts = await verifyLog({ read: async (asked) => files.get(asked) ?? null, policy, now: Date.now(), say: () => {} });
  return doubts.length > 0;
}

function isBeginning(bytes: Uint8Array, files: ReadonlyMap<string, Uint8Array>, grown: Tile): boolean {
  const whole = files.get(tilePath(grown)) ?? files.get(tilePath({ ...grown, width: TILE_WIDTH }))!;
  return equalBytes(bytes, whole.subarray(0, bytes.length));
}
