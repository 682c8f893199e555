import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { VERDICTS } from "../../../adapters/identity-registry/port.ts";
import { bytes } from "../../../objects/columns.ts";

/** Each time the registry was asked about a document of the person's, and what it said. Part of the vault's schema. */
export const verifications = sqliteTable("verifications", {
  /** UUIDv7. Register takes what follows from it under this id. */
  id: text().primaryKey(),
  /** The identifier's position. */
  identifier: integer().notNull(),
  verdict: text({ enum: VERDICTS }).notNull(),
  /** JSON {reference, differing} under the vault's data key. */
  sealed: bytes().notNull(),
  at: integer().notNull(),
  /** When what follows from it was done; null while Register has not heard of a document that was verified. */
  settledAt: integer(),
});
