import type { Json } from "../../../kernel/canonical-json.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { ExclusionRow } from "./store.ts";

/** An instant as the API writes it. */
export function textOf(at: Instant): string;
export function textOf(at: Instant | null): string | null;
export function textOf(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

export function exclusionOf(row: ExclusionRow) {
  const { reference, personId, state, policy, policyVersion, endMode, channel, startedAt, endsAt, reviewAt, endedAt, identifiers } = row;
  return {
    reference, personId, state, policy, policyVersion, endMode, channel,
    startedAt: textOf(startedAt), endsAt: textOf(endsAt), reviewAt: textOf(reviewAt), endedAt: textOf(endedAt),
    identifiers: identifiers.map(({ provisionalUntil, addedAt, ...identifier }) => ({
      ...identifier, provisionalUntil: textOf(provisionalUntil), addedAt: textOf(addedAt),
    })),
  };
}

/** What the register did, as it is listed with what it concerns. */
export interface ListedChange {
  position: number;
  sequence: number | null;
  at: Instant;
  action: string;
  channel: string;
  payload: Json;
}

export const changeOf = ({ position, sequence, at, action, channel, payload }: ListedChange) => ({
  position, sequence, at: textOf(at), action, channel, payload: payload as Record<string, unknown>,
});
