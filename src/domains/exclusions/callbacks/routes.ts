import type { OpenAPIHono } from "@hono/zod-openapi";
import { readMessage } from "../../../adapters/sms/inbound.ts";
import { readStep, writeScreen } from "../../../adapters/ussd/africas-talking.ts";
import { formOf, fromProvider, type ProviderDoor } from "../../../api/callbacks.ts";
import { type ApiEnv, bodyAtMost, createRouter } from "../../../api/kit.ts";
import { dialled } from "../../../i18n/dialled.ts";
import { reply, type TextedParts } from "../texted/index.ts";
import { answer } from "../ussd/index.ts";

export interface CallbackRouteParts {
  provider: ProviderDoor;
  dialled: TextedParts;
}

/** What a form that is none is told; who sends it is no phone. */
const UNREADABLE = { say: dialled("sw", "later"), more: false };

/**
 * Where Africa's Talking brings what phones dial and send. Not in the API's document: nobody else can call them, and what
 * they take is the provider's to say.
 */
export const callbackRoutes = ({ provider, dialled: parts }: CallbackRouteParts): OpenAPIHono<ApiEnv> => {
  const routes = createRouter();
  routes.all("/v1/callbacks/ussd/:secret", fromProvider(provider), bodyAtMost(), async (c) => {
    const step = readStep(await formOf(c.req));
    return c.text(writeScreen(step ? await answer(parts, step) : UNREADABLE));
  });
  routes.all("/v1/callbacks/sms/:secret", fromProvider(provider), bodyAtMost(), async (c) => {
    const message = readMessage(await formOf(c.req));
    if (message) await reply(parts, message);
    return c.text("");
  });
  return routes;
};
