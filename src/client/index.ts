export { RegisterClient, type ClientOptions } from "./client.ts";
export {
  type Check, type Clear, type Decided, type Excluded, type Payout, type PlayPurpose, type Problem, ProblemError, type Purpose, type Result, type Tokens, type Undecided,
} from "./answers.ts";
export { type Acknowledged, type Acknowledgement, type Digest, type EventType, type FeedEvent, type FeedOptions, GapError, isWhole, newEvents, OperatorFeed } from "./events.ts";
export { publishedKeys } from "./keys.ts";
export type { ScrubbedLine } from "./scrub.ts";
export type { Identifier, Token } from "./tokens.ts";
export { ACCEPT_SIGNATURE, type Jwks, SignatureError, type SignedAnswer, verifyAnswer } from "./verify.ts";
export { signWebhook, type TakenIds, verifyWebhook, WebhookError, type WebhookMessage, type WebhookOptions, WebhookReceiver } from "./webhooks.ts";
