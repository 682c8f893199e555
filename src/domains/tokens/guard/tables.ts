import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Purpose } from "../../../check/question.ts";
import { bytes } from "../../../objects/columns.ts";
import type { Door, TokenAct } from "../guard-rpc.ts";
import type { CanaryMeeting, Evidence, GuardRule } from "./model.ts";

/** What one operator turns into tokens, within its usage: counts, and nothing that stands for a person. */

/** This day, as the rules look at it; over with the day, its salt included. */
export const tokenDays = sqliteTable("tokenDays", {
  /** Its beginning in Nairobi. */
  day: integer().primaryKey(),
  salt: bytes().notNull(),
  oneIn: integer().notNull(),
  identifiers: bytes().notNull(),
  blocks: bytes().notNull(),
  longestRun: integer().notNull(),
  tokenised: integer().notNull(),
  excluded: integer().notNull(),
  /** Rules that warned already. */
  warned: text({ mode: "json" }).$type<GuardRule[]>().notNull(),
});

/** What was used of the quota by each door. */
export const tokenSpent = sqliteTable("tokenSpent", {
  door: text().$type<Door>().primaryKey(),
  day: integer().notNull(),
  today: integer().notNull(),
  /** Of the allowance for the beginning, ever. */
  beyond: integer().notNull(),
});

/** Days on which a quota was used up, and how often more was asked. */
export const exhaustedDays = sqliteTable("exhaustedDays", {
  day: integer().primaryKey(),
  times: integer().notNull(),
});

/** What became of tokens, by the day in Nairobi. */
export const tokenCounts = sqliteTable(
  "tokenCounts",
  {
    day: integer().notNull(),
    act: text().$type<TokenAct>().notNull(),
    count: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.act] })],
);

/** Every quarantine there was; the one that is not lifted holds. */
export const quarantines = sqliteTable("quarantines", {
  id: text().primaryKey(),
  rule: text().$type<GuardRule>().notNull(),
  reason: text().notNull(),
  evidence: text({ mode: "json" }).$type<Evidence>().notNull(),
  since: integer().notNull(),
  by: text().notNull(),
  liftedAt: integer(),
  /** Whether the office has it. */
  told: integer({ mode: "boolean" }).notNull(),
});

/** Meetings with identifiers that are nobody's, until the office has them. */
export const canaryMeetings = sqliteTable("canaryMeetings", {
  id: text().primaryKey(),
  canary: text().notNull(),
  how: text().$type<CanaryMeeting["how"]>().notNull(),
  purpose: text().$type<Purpose>(),
  at: integer().notNull(),
});
