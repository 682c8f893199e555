import { z } from "@hono/zod-openapi";
import { line } from "../../../../api/text.ts";

const instant = z.iso.datetime();
const maybe = instant.nullable();

const url = z.string().min(1).max(2_048).openapi({
  description: "https, a name of the public DNS, port 443 or 8443. It is asked to answer a challenge before anything is sent there.", examples: ["https://example.co.ke/nser"],
});
const description = line(200);

export const OperatorPath = z.object({ operator: z.string().regex(/^[a-z0-9]{4,32}$/) });
export const WebhookPath = OperatorPath.extend({ webhook: z.string().max(64) });

export const WebhookRequest = z.strictObject({ url, description: description.optional() });

export const WebhookChange = z
  .strictObject({
    url: url.optional(),
    description: description.optional(),
    state: z.enum(["active", "disabled"]).optional().openapi({ description: "One that is made active goes on where it was." }),
  })
  .refine((change) => Object.keys(change).length > 0, "must change something");

export const Webhook = z
  .strictObject({
    id: z.string(),
    url: z.string(),
    description: z.string(),
    state: z.enum(["active", "disabled"]),
    disabledWhy: z.enum(["asked", "gone"]).nullable().openapi({ description: "`gone`: the endpoint answered 410." }),
    received: z.int().min(0).openapi({ description: "The number up to which everything was received." }),
    head: z.int().min(0).openapi({ description: "The last number there is." }),
    failures: z.int().min(0).openapi({ description: "How often in a row it was not." }),
    breaker: z.enum(["closed", "open", "half-open"]).openapi({ description: "`open`: nothing is sent until `nextAt`, then one message tries." }),
    nextAt: maybe.openapi({ description: "When something is sent next." }),
    failingSince: maybe.openapi({ description: "Since when the regulator sees it as failing: from the ninth failure on." }),
    receivedAt: maybe,
    oldSecretUntil: maybe.openapi({ description: "Until then the secret before signs too." }),
    createdAt: instant,
    version: z.int().min(1).openapi({ description: "For If-Match." }),
  })
  .openapi("Webhook");

export const WebhooksAnswer = z.strictObject({ webhooks: z.array(Webhook) }).openapi("Webhooks");

const secret = z.string().openapi({ description: "Shown only here.", examples: ["whsec_…"] });
export const SecretAnswer = z.strictObject({ webhook: Webhook, secret }).openapi("WebhookWithSecret");

/** A week. */
const MOST_OVERLAP_HOURS = 168;
export const SecretRequest = z.strictObject({
  overlapHours: z.int().min(0).max(MOST_OVERLAP_HOURS).default(24).openapi({ description: "For how long messages carry a signature by the secret before as well." }),
});

export const ReplayRequest = z.strictObject({ from: z.int().min(1).openapi({ description: "The number to begin with." }) });

const outcome = z.enum(["received", "refused", "redirected", "gone", "throttled", "late", "unreachable", "blocked", "wrong-answer"]).openapi({
  description: "`received`: a 2xx. `late`: no answer in time. `blocked`: the address is none that anything is sent to.",
});
const attempt = {
  outcome,
  at: instant,
  durationMs: z.int().min(0),
  status: z.int().nullable().openapi({ description: "The answer's; null where there was none." }),
  excerpt: z.string().nullable().openapi({ description: "The beginning of what was answered instead, in printable ASCII." }),
};
export const AttemptAnswer = z.strictObject(attempt).openapi("WebhookAttempt");

export const DeliveriesQuery = z.object({
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).default(Number.MAX_SAFE_INTEGER).openapi({ description: "The `next` of the page before." }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const DeliveriesAnswer = z
  .strictObject({
    deliveries: z.array(z.strictObject({
      id: z.int(),
      what: z.enum(["events", "test", "challenge"]),
      webhookId: z.string(),
      first: z.int().nullable(),
      last: z.int().nullable(),
      ...attempt,
    })),
    next: z.int().nullable().openapi({ description: "What to ask for before next; null after the last." }),
  })
  .openapi("WebhookDeliveries", { description: "Attempts of the last 30 days, the newest first." });

export type ShownWebhook = z.infer<typeof Webhook>;
export type ShownAttempt = z.infer<typeof AttemptAnswer>;
export type ShownDeliveries = z.infer<typeof DeliveriesAnswer>;
