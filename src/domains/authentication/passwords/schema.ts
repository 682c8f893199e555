import { z } from "@hono/zod-openapi";
import { ACTIVATION_REASONS } from "./model.ts";

export const ActivationRequest = z.strictObject({
  reason: z.enum(ACTIVATION_REASONS).openapi({
    description: "`no-password`: its holder never set one. `lost-factors`: its holder can show no second factor any more; its use takes all of them.",
  }),
}).openapi("ActivationRequest");

export const ActivationAnswer = z.strictObject({
  id: z.uuid(),
  secret: z.string().openapi({ description: "Shown only here, and good once. Its holder types it at /activate." }),
  expiresAt: z.iso.datetime(),
}).openapi("Activation");
