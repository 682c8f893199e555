import type { Keyring } from "../../../bst/keyring.ts";
import { KINDS, type Pseudonym } from "../../../bst/kinds.ts";
import type { EpochRow } from "../../../check/directory.ts";
import { Generations } from "../../../check/generations.ts";
import type { TokenizerApi } from "../../tokens/rpc.ts";
import { tokenOf } from "../../tokens/index.ts";
import type { OperatorTokens } from "../rpc.ts";
import type { FeedEvent, StoredEvent } from "./model.ts";
import { eventId } from "./rules.ts";

export interface SealParts {
  keyring: Keyring;
  tokenizer: Pick<TokenizerApi, "advance">;
  /** The operator's epochs, and whose tokens are beyond generation 0. */
  tokens: OperatorTokens;
}

const PSEUDONYM_BYTES = 16;

/** A row about somebody. */
type About = StoredEvent & { p: Pseudonym };
const isAbout = (event: StoredEvent): event is About => event.p !== null;

/**
 * The events as the operator reads them, in its tokens of now. Throws when the tokenizer is needed and does not answer, or a key is missing: an event without
 * its tokens would be lost on whoever reads it.
 */
export async function sealEvents(parts: SealParts, feedId: string, stored: readonly StoredEvent[]): Promise<FeedEvent[]> {
  const current = parts.tokens.epochs.find(({ state }) => state === "current");
  if (!current) throw new Error("an operator has no current epoch");
  const carried = await carriedOn(parts, current.rootEpoch, stored.filter((event) => isAbout(event)));
  const generations = new Generations();
  parts.tokens.generations.forEach((row) => generations.put(row));
  return stored.map((event) => ({
    sequence: event.sequence, id: eventId(feedId, event.sequence), type: event.type, at: new Date(event.at).toISOString(),
    tokens: isAbout(event) ? tokensOf(parts, current, generations, event, carried.get(event.sequence) ?? null) : [],
  }));
}

function tokensOf({ keyring, tokens }: SealParts, current: EpochRow, generations: Generations, event: About, p: Pseudonym | null): string[] {
  const kinds = event.kind ? [event.kind] : KINDS;
  if (event.epoch !== null) {
    const epoch = tokens.epochs.find((row) => row.epoch === event.epoch);
    return epoch ? kinds.map((kind) => tokenOf(keyring, epoch, kind, event.generation!, event.p)) : [];
  }
  return p ? kinds.map((kind) => tokenOf(keyring, current, kind, generations.least(current, p), p)) : [];
}

/** Each event's pseudonym under the root of the operator's tokens; none for one that was said under a newer root alone, from which there is no way back. */
async function carriedOn({ tokenizer }: SealParts, rootEpoch: number, events: readonly About[]): Promise<Map<number, Pseudonym>> {
  const sets = events.filter(({ epoch }) => epoch === null);
  const carried = new Map(sets.filter((event) => event.rootEpoch === rootEpoch).map(({ sequence, p }) => [sequence, p]));
  const older = Map.groupBy(sets.filter((event) => event.rootEpoch! < rootEpoch), (event) => event.rootEpoch!);
  for (const [root, some] of older) {
    const { newer } = await tokenizer.advance(root, some.map(({ p }) => p));
    const [from, to] = [(rootEpoch - root - 1) * PSEUDONYM_BYTES, (rootEpoch - root) * PSEUDONYM_BYTES];
    some.forEach(({ sequence }, at) => {
      if (newer[at]!.length < to) throw new Error("The tokenizer does not hold the root of the operator's epoch");
      carried.set(sequence, newer[at]!.slice(from, to));
    });
  }
  return carried;
}
