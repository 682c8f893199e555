import * as z from "zod";
import { type Thresholds, USUAL } from "./model.ts";

const within = (least: number, most: number) => (usual: number) => z.int().min(least).max(most).default(usual);
const [count, minutes, hour] = [within(1, 10_000), within(1, 60), within(0, 24)];

const Terms: z.ZodType<Thresholds, unknown> = z.strictObject({
  identitiesInAnHour: count(USUAL.identitiesInAnHour),
  emptySearchesInAnHour: count(USUAL.emptySearchesInAnHour),
  refusalsInARow: count(USUAL.refusalsInARow),
  exportsInAnHour: count(USUAL.exportsInAnHour),
  keyMinutes: minutes(USUAL.keyMinutes),
  roleMinutes: minutes(USUAL.roleMinutes),
  workFrom: hour(USUAL.workFrom),
  workUntil: hour(USUAL.workUntil),
});

/** From which number on rules speak, as configuration has it: a JSON object of what differs from the usual. */
export const SuspicionTerms: z.ZodType<Thresholds, string> = z.string().transform(fromJson).pipe(Terms);

function fromJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "not JSON" });
    return z.NEVER;
  }
}
