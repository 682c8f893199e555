import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { KINDS } from "../../bst/kinds.ts";
import { PURPOSES } from "../../check/question.ts";
import { LOCALES, type Locale } from "../../i18n/locales.ts";
import { bytes } from "../../objects/columns.ts";

/** One row: whose vault this is, and the key everything sealed in it is sealed under. Shredding it leaves none. */
export const vault = sqliteTable("vault", {
  personId: text().primaryKey(),
  /** The data key, wrapped by a key-encryption key. */
  dataKey: bytes().notNull(),
  locale: text({ enum: Object.keys(LOCALES) as [Locale, ...Locale[]] }).notNull(),
  /** When the person last chose the language. */
  localeAt: integer().notNull(),
});

/** What the person gave of themself. Only added to. */
export const identifiers = sqliteTable("identifiers", {
  position: integer().primaryKey({ autoIncrement: true }),
  kind: text({ enum: KINDS }).notNull(),
  /** JSON {kind, typed, canonical} under the vault's data key. */
  sealed: bytes().notNull(),
  addedAt: integer().notNull(),
  /** When a phone became somebody else's; nothing is sent to it from then on. */
  releasedAt: integer(),
});

/** When the vault was shredded: what left Register before is not taken any more. */
export const shreds = sqliteTable("shreds", { at: integer().primaryKey() });

/** Deliveries that were accepted, so that the same one again changes nothing. */
export const accepted = sqliteTable("accepted", {
  id: text().primaryKey(),
  at: integer().notNull(),
});

/** Operators' checks that were answered `excluded` because of this person. */
export const checks = sqliteTable(
  "checks",
  {
    answerId: text().primaryKey(),
    operator: text().notNull(),
    purpose: text({ enum: PURPOSES }).notNull(),
    hour: integer().notNull(),
  },
  (table) => [index("checks_by_hour").on(table.hour)],
);
