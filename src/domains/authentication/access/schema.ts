import { z } from "@hono/zod-openapi";

export const BootstrapRequest = z.strictObject({
  name: z.string().trim().min(1).max(100),
  email: z.email().max(254),
}).openapi("BootstrapRequest");

export const BootstrapAnswer = z.object({
  userId: z.uuid(),
  token: z.string().openapi({ description: "Shown once: an access token that may do everything." }),
  expiresAt: z.iso.datetime(),
}).openapi("BootstrapAnswer");

export const AccountAnswer = z.object({
  userId: z.uuid(),
  roles: z.array(z.object({ role: z.string(), operator: z.string().nullable() })),
}).openapi("Account");
