import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { RotationReason } from "./rpc.ts";

/** Each time the pairwise key was changed for everybody, in order: new operators begin with the last one's. */
export const pairKeyRotations = sqliteTable("pairKeyRotations", {
  position: integer().primaryKey(),
  commandId: text().notNull(),
  pairKeyId: text().notNull(),
  reason: text().$type<RotationReason>().notNull(),
  at: integer().notNull(),
});
