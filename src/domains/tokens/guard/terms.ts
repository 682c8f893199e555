import * as z from "zod";
import type { Door } from "../guard-rpc.ts";
import type { QuotaTerms } from "./quota.ts";

const terms: z.ZodType<QuotaTerms> = z.strictObject({ floor: z.int().min(0), share: z.number().min(0).max(1), initial: z.number().min(0).max(10) });

/** Each door's quota, as configuration has them: a JSON object. */
export const TokenQuotas: z.ZodType<Record<Door, QuotaTerms>, string> = z.string().transform(fromJson).pipe(z.strictObject({ direct: terms, blind: terms, trade: terms }));

function fromJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "not JSON" });
    return z.NEVER;
  }
}
