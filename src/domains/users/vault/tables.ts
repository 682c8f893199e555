import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Locale } from "../../../i18n/locales.ts";
import type { TextName } from "../../../i18n/texts.ts";
import { bytes } from "../../../objects/columns.ts";
import type { Evidence } from "../../exclusions/model.ts";

/** What the person says of themself: a row a change, the highest version stands. What no longer stands leaves only its time. */
export const records = sqliteTable(
  "records",
  {
    record: text({ enum: ["details", "contact"] }).notNull(),
    version: integer().notNull(),
    /** JSON under the vault's data key; null when it was changed since, or removed. */
    sealed: bytes(),
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.record, table.version] })],
);

/** Each time an identifier was stated, and what stood for it. Only added to. */
export const identifierEvidence = sqliteTable("identifierEvidence", {
  id: integer().primaryKey({ autoIncrement: true }),
  /** The identifier's position. */
  identifier: integer().notNull(),
  evidence: text().$type<Evidence>().notNull(),
  at: integer().notNull(),
  provisionalUntil: integer(),
});

/** The texts a person was shown and agreed to, each time. Only added to. */
export const consents = sqliteTable("consents", {
  id: integer().primaryKey({ autoIncrement: true }),
  text: text().$type<TextName>().notNull(),
  version: integer().notNull(),
  locale: text().$type<Locale>().notNull(),
  at: integer().notNull(),
});

/** Visits that were ended before their time, until they would be over anyway. */
export const endedVisits = sqliteTable("endedVisits", {
  id: text().primaryKey(),
  over: integer().notNull(),
});
