import * as z from "zod";

/** A help line as the authority has confirmed it. */
const HelpLine = z.strictObject({ name: z.string().min(1), number: z.string().regex(/\d/) });
export type HelpLine = z.infer<typeof HelpLine>;

/** The help lines as configuration has them: a JSON array. */
export const HelpLines = z.string().transform(fromJson).pipe(z.array(HelpLine));

function fromJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "not JSON" });
    return z.NEVER;
  }
}
