import type { Kind } from "../../bst/kinds.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Evidence, ExclusionEvent } from "./model.ts";
import type { EndMode, PolicyCode } from "./policies.ts";

/** What happened to an exclusion. */
export interface ExclusionNotice {
  template:
    | "exclusion-started" | "exclusion-extended" | "exclusion-reminder" | "exclusion-renewed" | "exclusion-ended"
    | "ending-asked" | "ending-cancelled" | "ending-lapsed" | "ending-confirmed" | "review-granted" | "review-refused"
    | "measure-taken" | "measure-upheld" | "exclusion-imposed" | "exclusion-dismissed"
    | "annulment-begun" | "annulment-stopped" | "exclusion-annulled";
  reference: string;
  policy: PolicyCode;
  endMode: EndMode;
  startedAt: Instant;
  endsAt: Instant | null;
  /** From when the second act ends it; until when a measure stands; when it is annulled: whatever the template speaks of. */
  nextAt?: Instant | null;
}

/** What the person is told of each event that moves an exclusion. */
export const NOTICES = {
  "lengthened": "exclusion-extended",
  "reminded": "exclusion-reminder",
  "renewed": "exclusion-renewed",
  "review-granted": "review-granted",
  "review-refused": "review-refused",
  "ending-asked": "ending-asked",
  "ending-cancelled": "ending-cancelled",
  "ending-lapsed": "ending-lapsed",
  "ending-confirmed": "ending-confirmed",
  "promised-end-passed": "exclusion-ended",
  "measure-upheld": "measure-upheld",
  "measure-lapsed": "exclusion-dismissed",
  "dismissed": "exclusion-dismissed",
  "annulment-begun": "annulment-begun",
  "annulment-stopped": "annulment-stopped",
  "annulled": "exclusion-annulled",
} as const satisfies Partial<Record<ExclusionEvent, ExclusionNotice["template"]>>;

/** What became of an identifier of the person's. */
export interface IdentifierNotice {
  template: "document-mismatch" | "phone-released";
  kind: Kind;
}

/** What a person is told about, in words chosen later and in their own language. */
export type Notice = ExclusionNotice | IdentifierNotice;

/** An identifier of a command as the register took it, and as its receipt shows it. Null until is firm. */
export interface Statement {
  kind: Kind;
  evidence: Evidence;
  provisionalUntil: Instant | null;
}

/**
 * A row of Register's outbox on its way to a person's vault, written in the transaction of what it tells about.
 * Delivered at least once; `id` makes accepting it idempotent.
 */
export type Delivery = { id: string; personId: string; createdAt: Instant } & (
  | { topic: "identity"; commandId: string; box: Uint8Array; statements: Statement[] }
  | { topic: "notice"; notice: Notice }
  /** A phone of theirs became somebody else's; the box names it. */
  | { topic: "release"; commandId: string; box: Uint8Array }
);
