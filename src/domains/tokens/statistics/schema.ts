import { z } from "@hono/zod-openapi";
import { DAY } from "../../../kernel/clock.ts";
import { TOKEN_ACTS } from "../guard-rpc.ts";

const MOST_DAYS = 92;
const date = z.iso.date();
/** Not a number for what is no day, which is refused as such. */
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY;

export const TokenStatisticsQuery = z
  .object({ from: date, to: date.openapi({ description: "Exclusive." }) })
  .refine(({ from, to }) => from < to, { path: ["to"], message: "must be after from" })
  .refine(({ from, to }) => daysBetween(from, to) <= MOST_DAYS, { path: ["to"], message: `at most ${MOST_DAYS} days` });

const TokenDays = z.array(z.strictObject({
  date: date.openapi({ description: "In Nairobi." }),
  acts: z.record(z.enum(TOKEN_ACTS), z.int().min(1).nullable()),
})).openapi("TokenDays", { description: "Lower bounds. Null is no data: nothing was counted, which is no 0." });

const ofOperator = { operator: z.string(), days: TokenDays };

export const TokenStatisticsAnswer = z.strictObject(ofOperator).openapi("TokenStatistics");

export const AllTokenStatisticsAnswer = z.strictObject({ operators: z.array(z.strictObject(ofOperator)) }).openapi("AllTokenStatistics");
