import * as z from "zod";
import { DAY, SECOND } from "../../../kernel/clock.ts";
import { type LatenessKind, type Terms, USUAL_TERMS } from "./model.ts";

/** Within what the feed keeps of its events: a longer one would never run out. */
const LONGEST_S = (29 * DAY) / SECOND;

const term = (kind: LatenessKind) => z.int().min(1).max(LONGEST_S).default(USUAL_TERMS[kind] / SECOND).transform((seconds) => seconds * SECOND);

const InSeconds: z.ZodType<Terms, unknown> = z.strictObject({
  received: term("received"),
  handled: term("handled"),
  session_ended: term("session_ended"),
  account_closed: term("account_closed"),
  marketing_removed: term("marketing_removed"),
  balance_returned: term("balance_returned"),
});

/** How long operators may take, as configuration has it: a JSON object of what differs from the usual, in seconds. */
export const AcknowledgementTerms: z.ZodType<Terms, string> = z.string().transform(fromJson).pipe(InSeconds);

function fromJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "not JSON" });
    return z.NEVER;
  }
}
