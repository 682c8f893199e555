import { z } from "@hono/zod-openapi";
import { pageAnswer } from "../../../api/listing.ts";

export const OperatorPath = z.object({ operator: z.string() });

export const HistoryAnswer = pageAnswer(z.strictObject({
  id: z.string(),
  at: z.iso.datetime(),
  action: z.string().openapi({ examples: ["licence.suspended", "operator.key-issued"] }),
  resource: z.string().openapi({ description: "The operator, or its key, by id." }),
  by: z.string().nullable().openapi({ description: "A kind and an id, as the audit log names them; for an operator's own people the kind alone. Null of what Register did." }),
  details: z.record(z.string(), z.unknown()),
}).openapi("OperatorDeed")).openapi("OperatorHistory");
