import { z } from "zod";

// What a form sends, unread: which text is wrong is for the rules to say.
const grant = z.string().max(4_096);
const version = z.int().nonnegative();

export const GrantText = grant;
export const Reading = z.object({ grant, upTo: z.int().nonnegative() });
export const Watching = z.object({ grant, wanted: z.boolean() });
export const DetailsChange = z.object({
  grant,
  version,
  details: z.object({
    name: z.string(), preferredName: z.string(), dateOfBirth: z.string(), county: z.string(), language: z.string(), quietNights: z.boolean(),
  }),
});
export const ContactChange = z.object({ grant, version, contact: z.object({ name: z.string(), phone: z.string() }).nullable() });
