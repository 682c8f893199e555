import { sha256 } from "@noble/hashes/sha2.js";
import type { Kind } from "../../../bst/kinds.ts";
import type { OperatorRow } from "../../../check/directory.ts";
import type { Change, SetChange } from "../../../check/feed.ts";
import type { GenerationRow } from "../../../check/generations.ts";
import { fromHex, toHex, utf8 } from "../../../kernel/bytes.ts";
import type { EventType, NewEvent } from "./model.ts";

const NOBODY = { rootEpoch: null, p: null, kind: null, epoch: null, generation: null } as const;

/** A token's text has room for so many generations. */
const LAST_GENERATION = 31;

/** What a row of Register's log is to one operator, in order; null for no news. `required` is what its licence required before, null before it was enrolled. */
export function eventOf(row: Change, operator: string, required: readonly Kind[] | null): NewEvent | null {
  const at = row.t;
  switch (row.type) {
    case "excluded":
    case "released": {
      const type = typeOf(row);
      return type && { ...NOBODY, type, at, rootEpoch: row.rootEpoch, p: row.p, kind: row.kind ?? null };
    }
    case "epoch":
      return row.epoch.operator === operator && row.epoch.state === "current" && row.epoch.epoch > 0 ? { ...NOBODY, type: "token.rotated", at } : null;
    case "generation":
      return row.generation.operator === operator ? { ...NOBODY, type: "token.rotated", at, ...retired(row.generation) } : null;
    case "operator":
      return row.operator.id === operator && !sameKinds(row.operator, required) ? { ...NOBODY, type: "policy.changed", at } : null;
    default:
      return null;
  }
}

function typeOf({ type, news }: SetChange): EventType | null {
  if (news === "none") return null;
  if (news === "extended") return "exclusion.extended";
  return type === "excluded" ? "exclusion.started" : "exclusion.ended";
}

/** The newest of the tokens that a row retired: who holds an older one was told of it before. */
function retired({ p, epoch, least }: GenerationRow): Pick<NewEvent, "p" | "epoch" | "generation"> {
  const token = least > 0 ? { epoch, generation: least - 1 } : { epoch: epoch - 1, generation: LAST_GENERATION };
  return { p: fromHex(p), ...token };
}

const sameKinds = ({ requiredKinds }: OperatorRow, required: readonly Kind[] | null): boolean =>
  required === null || [...requiredKinds].toSorted().join() === [...required].toSorted().join();

/** An event's id for good. */
export const eventId = (feedId: string, sequence: number): string => `evt_${feedId}_${sequence}`;

/**
 * What a day's events come to: SHA-256, in hexadecimal, of the line `<sequence> <id> <type> <at>` of each, in the order of their numbers, each line ended by
 * a line feed, in UTF-8. Tokens are not part of it, for they change with the operator's epoch.
 */
export const digestOf = (events: readonly { sequence: number; id: string; type: string; at: string }[]): string =>
  toHex(sha256(utf8(events.map(({ sequence, id, type, at }) => `${sequence} ${id} ${type} ${at}\n`).join(""))));
