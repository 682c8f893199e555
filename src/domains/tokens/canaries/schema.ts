import { z } from "@hono/zod-openapi";
import { instantFilter } from "../../../api/listing.ts";
import { line } from "../../../api/text.ts";
import { KINDS } from "../../../bst/kinds.ts";
import { PURPOSES } from "../../../check/question.ts";
import { CANARY_MEETINGS } from "../guard/model.ts";

const instant = z.iso.datetime();

export const CanaryRequest = z.strictObject({
  type: z.enum(KINDS),
  value: z.string().max(64).optional().openapi({ description: "An identifier that belongs to nobody; one is drawn when it is left out." }),
  note: line(200),
  excluded: z.boolean().default(false).openapi({ description: "Whether checks find it excluded: then a check of it raises an alarm too." }),
}).openapi("CanaryRequest");

export const CanaryAnswer = z.strictObject({
  id: z.uuid(),
  type: z.enum(KINDS),
  value: z.string(),
  note: z.string(),
  excluded: z.boolean(),
  createdAt: instant,
  createdBy: z.string(),
  retiredAt: instant.nullable(),
}).openapi("Canary");

export const AlarmFilters = {
  operator: z.string().regex(/^[a-z0-9]{4,32}$/).optional().openapi({ examples: ["0123456789"] }),
  from: instantFilter("Met from then on."),
  to: instantFilter("Met before."),
};

export const AlarmAnswer = z.strictObject({
  id: z.uuid(),
  operator: z.string(),
  canary: z.string(),
  how: z.enum(CANARY_MEETINGS),
  purpose: z.enum(PURPOSES).nullable().openapi({ description: "Of the check." }),
  at: instant,
}).openapi("CanaryAlarm");
