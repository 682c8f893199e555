import { type Instant, MINUTE } from "../../kernel/clock.ts";
import type { AuditSource, Leaf } from "../entry.ts";
import type { Doubt } from "./tree.ts";

/** What the running register lists of its audit. */
export interface ListedEntry {
  id: string;
  at: Instant;
  action: string;
  source: AuditSource;
  /** Its place in the log, as the register says; null while it waits. */
  leaf: number | null;
}

/** What was done so recently may still be on its way to the log, or to the list. */
const ON_ITS_WAY_MS = 2 * MINUTE;

/** Sources whose entries are all listed. */
const LISTED: readonly AuditSource[] = ["office", "register"];

/** The leaves of a log by their ids, and what is wrong with the ids themselves. */
export class Leaves {
  readonly #places = new Map<string, string>();
  readonly doubts: Doubt[] = [];

  add(leaf: Leaf, index: number): void {
    if (this.#places.has(leaf.id)) this.doubts.push({ where: `entry ${index}`, what: `its id ${leaf.id} is that of an entry before it` });
    else this.#places.set(leaf.id, describe({ ...leaf, leaf: index }));
  }

  get size(): number {
    return this.#places.size;
  }

  /**
   * Compares with what the register lists: everything it lists is in the log, in its place and as it says, and what the log has
   * of it is listed. What is younger than the tree, or than two minutes and not where it goes yet, is neither right nor wrong.
   */
  async compare(listed: AsyncIterable<ListedEntry>, size: bigint, now: Instant): Promise<{ compared: number; waiting: number; doubts: Doubt[] }> {
    const [doubts, unlisted] = [[] as Doubt[], new Map(this.#places)];
    let [compared, waiting] = [0, 0];
    for await (const entry of listed) {
      const isYoung = entry.leaf === null ? entry.at > now - ON_ITS_WAY_MS : entry.leaf >= size;
      if (isYoung) waiting++;
      else if (this.#places.get(entry.id) === describe(entry)) compared++;
      else doubts.push({ where: `${entry.source} entry ${entry.id}`, what: entry.leaf === null ? "it waits for the log for more than two minutes" : "the log has not this in its place" });
      unlisted.delete(entry.id);
    }
    for (const [id, place] of unlisted) {
      const [source, , at] = place.split(" ");
      if (LISTED.includes(source as AuditSource) && Number(at) <= now - ON_ITS_WAY_MS) doubts.push({ where: `${source} entry ${id}`, what: "the log has it, and the register does not list it" });
    }
    return { compared, waiting, doubts };
  }
}

const describe = ({ source, leaf, at, action }: Omit<ListedEntry, "id">): string => `${source} ${leaf} ${at} ${action}`;
