import type { Result } from "../../../kernel/result.ts";
import type { StaffRefusal } from "../../users/people/rpc.ts";
import type { Delivery, Endpoint, EndpointRefusal } from "../feed/endpoints/model.ts";
import type { AskedFor } from "./model.ts";

export interface AskedWebhook extends AskedFor {
  webhookId: string;
}

/** What a form says of a webhook to be added: all of it as typed. */
export interface WebhookWish {
  formId: string;
  url: string;
  /** Empty: as its address. */
  description: string;
}

/** What the feed refuses, but for what is not there; and of the form: `description-unfit` beside that field, `choice-missing` of a list. */
export type WebhookRefusal = StaffRefusal | Exclude<EndpointRefusal, { refusal: "unknown" }> | { refusal: "description-unfit" | "choice-missing" };

export interface WebhookSeen {
  webhook: Endpoint;
  /** The newest 50 before the one that was asked for. */
  deliveries: Delivery[];
  /** What to ask for before, for the next ones; null after the last. */
  older: number | null;
  may: { change: boolean };
}

type Acted<Body extends object = object> = Promise<Result<Body, WebhookRefusal>>;

/** What an operator's people ask about where they are told. Each verb that changes something takes a factor of the last 5 minutes. */
export interface WebhookDeskRpc {
  /** All of them, in the order they were added, and whether the visitor may change any. */
  webhooks(request: AskedFor): Promise<Result<{ webhooks: Endpoint[]; may: { change: boolean } }, StaffRefusal>>;
  /** One of them and its log: from the newest, or before the one whose number `before` is. */
  webhook(request: AskedWebhook & { before?: string | undefined }): Promise<Result<WebhookSeen, StaffRefusal>>;
  /** Another, once it has answered the challenge, with its secret, which is told this once. Repeatable by `formId`. */
  registerWebhook(request: AskedFor & WebhookWish): Acted<{ webhook: Endpoint; secret: string }>;
  /** Sends a message that tells of nothing; how that went is the newest of the log. */
  testWebhook(request: AskedWebhook): Acted;
  /** Sends everything again from a number on, which is as typed. */
  replayWebhook(request: AskedWebhook & { from: string }): Acted;
  /** Another secret, told this once; `overlapHours` is one of SECRET_OVERLAPS. Repeatable by `formId`. */
  rotateWebhookSecret(request: AskedWebhook & { formId: string; overlapHours: string }): Acted<{ webhook: Endpoint; secret: string }>;
  /** Disables one or makes it active again, if it is still as it was seen: `version`. */
  turnWebhook(request: AskedWebhook & { state: string; version: string }): Acted;
  removeWebhook(request: AskedWebhook): Acted;
}
