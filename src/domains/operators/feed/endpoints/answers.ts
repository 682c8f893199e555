import { ProblemError } from "../../../../api/problem.ts";
import type { Instant } from "../../../../kernel/clock.ts";
import type { DeliveryOutcome } from "../model.ts";
import type { Delivery, Endpoint, EndpointRefusal } from "./model.ts";
import type { ShownAttempt, ShownDeliveries, ShownWebhook } from "./schema.ts";
import type { Attempt } from "./send.ts";

const iso = (at: Instant): string => new Date(at).toISOString();
const maybe = (at: Instant | null): string | null => (at === null ? null : iso(at));

export const webhookAnswer = ({ cursor: received, escalatedAt, nextAt, receivedAt, oldSecretUntil, createdAt, ...rest }: Endpoint): ShownWebhook => ({
  ...rest, received, nextAt: maybe(nextAt), failingSince: maybe(escalatedAt), receivedAt: maybe(receivedAt), oldSecretUntil: maybe(oldSecretUntil), createdAt: iso(createdAt),
});

export const attemptAnswer = ({ at, ...rest }: Omit<Attempt, "askedMs">): ShownAttempt => ({ ...rest, at: iso(at) });

export const deliveriesAnswer = (rows: readonly Delivery[], limit: number): ShownDeliveries => ({
  deliveries: rows.map(({ at, ...rest }) => ({ ...rest, at: iso(at) })),
  next: rows.length < limit ? null : rows.at(-1)!.id,
});

/** What whoever is at the address did instead of answering the challenge. */
const UNPROVEN: Record<DeliveryOutcome, string> = {
  "received": "answered",
  "wrong-answer": "answered something else than the challenge",
  "refused": "refused the challenge",
  "redirected": "redirects, which is not followed",
  "gone": "says that it is gone",
  "throttled": "wants to be asked later",
  "late": "did not answer within five seconds",
  "unreachable": "could not be reached",
  "blocked": "is none that anything is sent to",
};

const field = (pointer: string, detail: string): ProblemError => new ProblemError("field-invalid", { errors: [{ pointer, detail }] });

/** Answers what was refused of a webhook. */
export function refuseEndpoint(refused: EndpointRefusal): never {
  switch (refused.refusal) {
    case "command-reused":
      throw new ProblemError("idempotency-key-reused");
    case "unknown":
      throw new ProblemError("not-found");
    case "changed-meanwhile":
      throw new ProblemError("conflict", { detail: "It was changed meanwhile: read it again." });
    case "too-many":
      throw new ProblemError("conflict", { detail: "There are five webhooks: delete one first." });
    case "not-active":
      throw new ProblemError("conflict", { detail: "The webhook is disabled: enable it first." });
    case "beyond-kept":
      throw field("/from", "must be a number that is kept, and at most the one after what was received");
    case "address":
      throw field("/url", refused.detail);
    case "unproven":
      throw field("/url", `the address ${UNPROVEN[refused.outcome]}${refused.status === null ? "" : ` (${refused.status})`}`);
  }
}
