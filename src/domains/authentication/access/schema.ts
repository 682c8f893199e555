import { z } from "@hono/zod-openapi";
import { pageAnswer } from "../../../api/listing.ts";
import { line } from "../../../api/text.ts";

export const BootstrapRequest = z.strictObject({
  name: line(100),
  email: z.email().max(254),
}).openapi("BootstrapRequest");

export const BootstrapAnswer = z.object({
  userId: z.uuid(),
  token: z.string().openapi({ description: "Shown once: an access token that may do everything." }),
  expiresAt: z.iso.datetime(),
  activation: z.string().openapi({ description: "Shown once: typed in at /activate within 72 hours, it sets a password." }),
}).openapi("BootstrapAnswer");

export const AccountAnswer = z.object({
  userId: z.uuid(),
  roles: z.array(z.object({ role: z.string(), operator: z.string().nullable() })),
}).openapi("Account");

export const UserPath = z.object({ userId: z.uuid() });
export const StaffPath = UserPath.extend({ operator: z.string() });
export const TokenPath = UserPath.extend({ tokenId: z.uuid() });

export const TokenRequest = z.strictObject({
  label: line(100).openapi({ description: "What it is for. Names no person." }),
  expiresAt: z.iso.datetime({ offset: true }).openapi({ description: "At most 90 days ahead." }),
}).openapi("AccessTokenRequest");

export const TokenAnswer = z.strictObject({
  id: z.uuid(),
  token: z.string().openapi({ description: "Shown only here: the office keeps its hash.", examples: ["nser_at_…"] }),
  expiresAt: z.iso.datetime(),
}).openapi("AccessTokenIssued");

export const TokensAnswer = pageAnswer(
  z.strictObject({
    id: z.uuid(), label: z.string(), createdAt: z.iso.datetime(), expiresAt: z.iso.datetime(), revokedAt: z.iso.datetime().nullable(),
  }).openapi("AccessToken"),
);
