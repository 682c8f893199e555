import { isObject, parsed, type Purpose } from "../answers.ts";
import { verifyWebhook, WebhookError } from "../webhooks.ts";
import type { Identifiers } from "./scenarios.ts";

/** The decision of an operator's integration: the same function that its login, deposits, bets and mailings ask. */
export type MayPlay = (identifiers: Identifiers, purpose: Purpose) => Promise<boolean>;

export interface AdapterOptions {
  /** What the run was given as its secret, `whsec_…`: nobody else may ask. */
  secret: string;
  mayPlay: MayPlay;
  now?: () => number;
}

/**
 * The test adapter that a recorded run asks: `POST {identifiers, purpose}` → `{mayPlay}`. To be mounted at an https address
 * of a system that has a test key, and nowhere else. 401 for who is not the register, 422 for what is no question; a decision
 * that throws is 500, which no scenario passes.
 */
export const conformanceAdapter = ({ secret, mayPlay, now = Date.now }: AdapterOptions) =>
  async (request: Request): Promise<Response> => {
    const body = await request.text();
    try {
      await verifyWebhook(request.headers, body, { secrets: [secret], now });
    } catch (error) {
      if (error instanceof WebhookError) return new Response(null, { status: 401 });
      throw error;
    }
    const question = parsed(body);
    if (!isObject(question) || !isObject(question.identifiers) || typeof question.purpose !== "string") return new Response(null, { status: 422 });
    return Response.json({ mayPlay: await mayPlay(question.identifiers as Identifiers, question.purpose as Purpose) });
  };
