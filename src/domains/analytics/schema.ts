import { z } from "@hono/zod-openapi";
import type { EvidenceBatch } from "../../check/evidence.ts";
import { PURPOSES } from "../../check/question.ts";
import { DAY, HOUR, MINUTE } from "../../kernel/clock.ts";

const purpose = z.enum(PURPOSES);
const operatorId = z.string().regex(/^[a-z0-9]{4,32}$/);
const count = z.int().min(1);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().min(1).max(64);

/** The release before does not say. */
const byPurpose = z.partialRecord(purpose, count).optional();

/** What may come from the queue; anything else is no evidence. */
export const EvidenceMessage: z.ZodType<EvidenceBatch> = z.object({
  operator: operatorId,
  isolate: name,
  batch: count,
  dropped: z.int().min(0),
  clear: z.array(z.object({ minute: z.int().min(0).multipleOf(MINUTE), purpose, count, root: hash })).max(100),
  excluded: z
    .array(
      z.object({
        answerId: name,
        purpose,
        hour: z.int().min(0).multipleOf(HOUR),
        p: z.string().regex(/^[0-9a-f]{32}$/),
        rootEpoch: z.int().min(0),
      }),
    )
    .max(1_000),
  spent: z.array(z.object({ keyId: name, checks: count, clear: byPurpose, excluded: byPurpose })),
});

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const MOST = { hour: 31 * DAY, day: 92 * DAY };

const within = {
  from: instant.openapi({ type: "string", format: "date-time" }),
  to: instant.openapi({ type: "string", format: "date-time", description: "Exclusive." }),
};

export const UsageQuery = z
  .object({ ...within, by: z.enum(["hour", "day"]).default("day").openapi({ description: "Days are Nairobi's." }) })
  .refine(({ from, to }) => from < to, { path: ["to"], message: "must be after from" })
  .refine(({ from, to, by }) => to - from <= MOST[by], { path: ["to"], message: "at most 31 days by the hour, 92 by the day" });

export const UsagePath = z.object({ operator: operatorId });

export const KeyUsageQuery = z
  .object(within)
  .refine(({ from, to }) => from < to, { path: ["to"], message: "must be after from" })
  .refine(({ from, to }) => to - from <= MOST.day, { path: ["to"], message: "at most 92 days" });

export const KeyUsagePath = UsagePath.extend({ keyId: name });

const atLeast = z.int().min(1).nullable();
const purposes = z.record(purpose, z.strictObject({ clearAtLeast: atLeast, foundAtLeast: atLeast }));

export const KeyUsageAnswer = z
  .strictObject({
    keyId: z.string(),
    publicId: z.string(),
    lastUsedOn: z.iso.date().nullable().openapi({ description: "The last of 90 days in Nairobi on which it is known to have been used; null is no data." }),
    days: z.array(z.strictObject({ day: z.iso.date(), checksAtLeast: atLeast.openapi({ description: "Whatever was answered." }), purposes })),
  })
  .openapi("KeyUsage", { description: "Lower bounds, by days in Nairobi. Null is no data, from which nothing follows." });

export const UsageAnswer = z
  .strictObject({
    operator: z.string(),
    by: z.enum(["hour", "day"]),
    periods: z.array(
      z.strictObject({
        from: z.iso.datetime(),
        purposes,
        batchesLost: z.int().min(0).nullable(),
        answersDropped: z.int().min(0).nullable(),
      }),
    ),
  })
  .openapi("OperatorUsage", {
    description: "Lower bounds. Null is no data, and no data is no violation: nothing follows from it about what the operator asked.",
  });
