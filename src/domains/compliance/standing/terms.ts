import * as z from "zod";
import { type Terms, USUAL } from "./model.ts";

const days = (usual: number) => z.int().min(1).max(365).default(usual);

const Shape: z.ZodType<Terms, unknown> = z.strictObject({
  leastPart: z.number().min(0).max(1).default(USUAL.leastPart),
  graceDays: z.int().min(0).max(31).default(USUAL.graceDays),
  responseDays: days(USUAL.responseDays),
  overdueDays: days(USUAL.overdueDays),
  unreceivedHours: z.int().min(1).max(720).default(USUAL.unreceivedHours),
});

/** What scores, reports and violations go by, as configuration has it: a JSON object of what differs from the usual. */
export const ComplianceTerms: z.ZodType<Terms, string> = z.string().transform(fromJson).pipe(Shape);

function fromJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "not JSON" });
    return z.NEVER;
  }
}
