import { z } from "@hono/zod-openapi";
import { KINDS } from "../../../bst/kinds.ts";
import { namesSomebody } from "./rules.ts";

export const ReadRequest = z.strictObject({
  reason: z.string().trim().min(10).max(500)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), "must be one line of text")
    .refine((text) => !namesSomebody(text), "must name nobody by number or address: give a reference instead")
    .openapi({ description: "Kept in the audit log, and shown to the person." }),
}).openapi("IdentityReadRequest");

export const IdentityAnswer = z.strictObject({
  personId: z.uuid(),
  identifiers: z.array(z.strictObject({
    kind: z.enum(KINDS),
    typed: z.string().openapi({ description: "As the person wrote it." }),
    canonical: z.string(),
    addedAt: z.iso.datetime(),
  })),
}).openapi("Identity");

export const ProfileAnswer = z.strictObject({ userId: z.uuid(), name: z.string(), email: z.string().nullable(), phone: z.string().nullable(), dateOfBirth: z.iso.date().nullable() }).openapi("Profile");
