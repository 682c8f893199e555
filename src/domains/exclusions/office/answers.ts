import type { Instant } from "../../../kernel/clock.ts";
import type { ListedChange } from "../projection/rpc.ts";
import type { ExclusionRow } from "./store.ts";

/** An instant as the API writes it. */
export function textOf(at: Instant): string;
export function textOf(at: Instant | null): string | null;
export function textOf(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

export function exclusionOf(row: ExclusionRow) {
  const {
    reference, personId, state, origin, caseReference, policy, policyVersion, endMode, channel, startedAt, endsAt, reviewAt, reviewGrantedAt,
    endableFrom, measureUntil, annulsAt, renewals, endedAt, identifiers,
  } = row;
  return {
    reference, personId, state, origin, caseReference, policy, policyVersion, endMode, channel,
    startedAt: textOf(startedAt), endsAt: textOf(endsAt), reviewAt: textOf(reviewAt), reviewGrantedAt: textOf(reviewGrantedAt),
    endableFrom: textOf(endableFrom), measureUntil: textOf(measureUntil), annulsAt: textOf(annulsAt), renewals, endedAt: textOf(endedAt),
    identifiers: identifiers.map(({ provisionalUntil, addedAt, ...identifier }) => ({
      ...identifier, provisionalUntil: textOf(provisionalUntil), addedAt: textOf(addedAt),
    })),
  };
}

export const changeOf = ({ position, sequence, at, action, channel, payload }: Omit<ListedChange, "id" | "resource">) => ({
  position, sequence, at: textOf(at), action, channel, payload: payload as Record<string, unknown>,
});
