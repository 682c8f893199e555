import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { bytes } from "../../../objects/columns.ts";
import { oneOf } from "../../../office/columns.ts";
import { users } from "../../users/accounts/tables.ts";
import { ACTIVATION_REASONS, LINK_KINDS } from "./model.ts";

/** An account's password. */
export const passwords = sqliteTable("passwords", {
  userId: text().primaryKey().references(() => users.id),
  /** Argon2id in PHC's writing, under the account's data key: a stolen database has nothing to guess at. */
  sealedHash: bytes().notNull(),
  changedAt: integer().notNull(),
});

/** One-time secrets that let a new password be set. The secret itself is never stored. */
export const passwordLinks = sqliteTable(
  "passwordLinks",
  {
    id: text().primaryKey(),
    userId: text().notNull().references(() => users.id),
    kind: text({ enum: LINK_KINDS }).notNull(),
    /** Of an activation; null of a reset. */
    reason: text({ enum: ACTIVATION_REASONS }),
    /** SHA-256 of the secret, lower-case hexadecimal. */
    hash: text().notNull(),
    createdAt: integer().notNull(),
    createdBy: text().notNull(),
    expiresAt: integer().notNull(),
    /** Or made void: by a newer one, or because what it would change was changed. */
    usedAt: integer(),
  },
  (table) => [
    uniqueIndex("passwordLinks_by_hash").on(table.hash),
    index("passwordLinks_of_user").on(table.userId).where(sql`${table.usedAt} is null`),
    check("passwordLinks_kind", oneOf("kind", LINK_KINDS)),
    check("passwordLinks_reason", oneOf("reason", ACTIVATION_REASONS)),
    check("passwordLinks_reasoned", sql`(${table.kind} = 'activation') = (${table.reason} is not null)`),
  ],
);
