import type { Instant } from "../../../kernel/clock.ts";
import type { Case } from "../cases/model.ts";
import type { ListedChange, ListedExclusion } from "../projection/rpc.ts";

/** An exclusion as a line of a list. */
export type ExclusionLine = Pick<ListedExclusion, "reference" | "state" | "origin" | "policy" | "startedAt" | "endsAt" | "endedAt">;

/** What happened to it, with its place in the audit log: newest first, at most 200. */
export type TimelineChange = Omit<ListedChange, "resource">;

/** One exclusion as officers see it: what kinds of identifier it has and how each stands, never which. */
export interface ExclusionLook extends ExclusionLine, Pick<
  ListedExclusion,
  | "personId" | "caseReference" | "policyVersion" | "endMode" | "channel" | "reviewAt" | "reviewGrantedAt" | "endableFrom" | "measureUntil" | "annulsAt"
  | "renewals" | "identifiers"
> {
  changes: readonly TimelineChange[];
  /** Those that are about it, newest first, at most 50. */
  cases: readonly CaseLine[];
}

/** A case about an exclusion, as a line. */
export type CaseLine = Pick<Case, "reference" | "kind" | "state">;

/** What somebody of the regulator's may do here. */
export interface DeskMay {
  /** Ask for exclusions by somebody's phone or document, with a reason. */
  search: boolean;
}

/** How current the office's copy is that this is read from; null before it first was whole. */
export interface Current {
  asOf: Instant | null;
}
