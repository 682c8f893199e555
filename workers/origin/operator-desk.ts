import { WorkerEntrypoint } from "cloudflare:workers";
import { home } from "../../src/domains/operators/desk/home.ts";
import * as verbs from "../../src/domains/operators/desk/keys.ts";
import type { OperatorDeskRpc as OperatorDeskVerbs } from "../../src/domains/operators/desk/rpc.ts";
import * as webhookVerbs from "../../src/domains/operators/desk/webhooks.ts";
import type { Environment } from "./environment.ts";
import { type Origin, originOf } from "./wiring.ts";

type Arguments<Verb extends keyof OperatorDeskVerbs> = Parameters<OperatorDeskVerbs[Verb]>[0];

/** What the portal may ask for an operator's people. */
export class OperatorDeskRpc extends WorkerEntrypoint<Environment> implements OperatorDeskVerbs {
  home(request: Arguments<"home">) {
    return home(this.#parts, request);
  }

  keys(request: Arguments<"keys">) {
    return verbs.keys(this.#parts, request);
  }

  key(request: Arguments<"key">) {
    return verbs.key(this.#parts, request);
  }

  issueKey(request: Arguments<"issueKey">) {
    return verbs.issueKey(this.#parts, request);
  }

  rotateKey(request: Arguments<"rotateKey">) {
    return verbs.rotateKey(this.#parts, request);
  }

  revokeKey(request: Arguments<"revokeKey">) {
    return verbs.revokeKey(this.#parts, request);
  }

  webhooks(request: Arguments<"webhooks">) {
    return webhookVerbs.webhooks(this.#parts, request);
  }

  webhook(request: Arguments<"webhook">) {
    return webhookVerbs.webhook(this.#parts, request);
  }

  registerWebhook(request: Arguments<"registerWebhook">) {
    return webhookVerbs.registerWebhook(this.#parts, request);
  }

  testWebhook(request: Arguments<"testWebhook">) {
    return webhookVerbs.testWebhook(this.#parts, request);
  }

  replayWebhook(request: Arguments<"replayWebhook">) {
    return webhookVerbs.replayWebhook(this.#parts, request);
  }

  rotateWebhookSecret(request: Arguments<"rotateWebhookSecret">) {
    return webhookVerbs.rotateWebhookSecret(this.#parts, request);
  }

  turnWebhook(request: Arguments<"turnWebhook">) {
    return webhookVerbs.turnWebhook(this.#parts, request);
  }

  removeWebhook(request: Arguments<"removeWebhook">) {
    return webhookVerbs.removeWebhook(this.#parts, request);
  }

  get #parts(): Origin["operatorDesk"] {
    return originOf(this.env).operatorDesk;
  }
}
