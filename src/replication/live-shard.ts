import type { LiveShard, ShardPlace } from "../check/feed.ts";
import type { ObjectDatabase } from "../objects/database.ts";
import { encodeShard } from "../snapshot/shard.ts";
import { membersAt, readPosition } from "./store.ts";

/** A shard as the copy has it now, with the row that is. Throws RangeError when there is no such place. */
export function liveShard(database: ObjectDatabase, place: ShardPlace, head: { age: number; t: number }): LiveShard {
  const { logId, seq } = readPosition(database)!;
  const bytes = encodeShard(place.index, place.shardBits, membersAt(database, place));
  return { logId, seq, ...head, bytes };
}
