import { z } from "@hono/zod-openapi";
import { pageAnswer } from "../../../api/listing.ts";
import { METHODS, OUTCOMES, RISKS } from "../sign-in/model.ts";
import { STAGES } from "./model.ts";

const instant = z.iso.datetime();
const whence = {
  agent: z.string().nullable().openapi({ description: "The kind of program and of its system.", examples: ["Firefox on Android"] }),
  country: z.string().nullable().openapi({ description: "ISO 3166-1 alpha-2." }),
  county: z.string().nullable().openapi({ description: "Kenya's county, 001 to 047." }),
};

export const SessionPath = z.object({ sessionId: z.uuid() });

export const SessionsAnswer = pageAnswer(
  z.strictObject({
    id: z.uuid(), deviceId: z.uuid(), stage: z.enum(STAGES), createdAt: instant, provenAt: instant, seenAt: instant, expiresAt: instant, ...whence,
  }).openapi("Session"),
).openapi("Sessions");

export const DevicesAnswer = pageAnswer(
  z.strictObject({
    id: z.uuid(), firstSeenAt: instant, lastSeenAt: instant, signIns: z.int(), trustedAt: instant.nullable(), blockedAt: instant.nullable(), ...whence,
  }).openapi("Device"),
).openapi("Devices");

export const SignInsAnswer = pageAnswer(
  z.strictObject({
    id: z.uuid(), at: instant, method: z.enum(METHODS), outcome: z.enum(OUTCOMES), reasons: z.array(z.enum(RISKS)), deviceId: z.uuid().nullable(), ...whence,
  }).openapi("SignIn"),
).openapi("SignIns");
