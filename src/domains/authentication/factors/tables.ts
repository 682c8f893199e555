import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { bytes } from "../../../objects/columns.ts";
import { oneOf } from "../../../office/columns.ts";
import { users } from "../../users/accounts/tables.ts";

/** An index takes an expression whose columns name no table. */
const isConfirmed = sql`("confirmedAt" is not null)`;

/** An account's time-based one-time passwords (RFC 6238): at most one that counts, and one that its holder began to set up, which may follow it. */
export const totps = sqliteTable(
  "totps",
  {
    id: text().primaryKey(),
    userId: text().notNull().references(() => users.id),
    /** The session it was set up in: no other is shown the secret, or can confirm it. */
    sessionId: text().notNull(),
    /** The shared secret under the account's data key. */
    sealedSecret: bytes().notNull(),
    createdAt: integer().notNull(),
    /** When a code of it came back; null until then, and it signs nobody in. */
    confirmedAt: integer(),
    /** The last step whose code was taken: neither it nor one before it is taken again. */
    lastStep: integer().notNull(),
  },
  (table) => [uniqueIndex("totps_of_user").on(table.userId, isConfirmed)],
);

/** Codes on paper for whoever lost their other second factors, each good once. */
export const recoveryCodes = sqliteTable(
  "recoveryCodes",
  {
    id: text().primaryKey(),
    userId: text().notNull().references(() => users.id),
    /** SHA-256 of the code's letters, lower-case hexadecimal. */
    hash: text().notNull(),
    createdAt: integer().notNull(),
    usedAt: integer(),
  },
  (table) => [uniqueIndex("recoveryCodes_of_user").on(table.userId, table.hash)],
);

/** Passkeys (Web Authentication Level 3). Public keys only. */
export const passkeys = sqliteTable(
  "passkeys",
  {
    id: text().primaryKey(),
    userId: text().notNull().references(() => users.id),
    /** Base64url, as the authenticator named it. */
    credentialId: text().notNull(),
    /** COSE (RFC 9052). */
    publicKey: bytes().notNull(),
    counter: integer().notNull(),
    /** JSON list of the ways it can be asked. */
    transports: text().notNull(),
    /** What its holder calls it. */
    label: text().notNull(),
    createdAt: integer().notNull(),
    usedAt: integer(),
  },
  (table) => [uniqueIndex("passkeys_by_credential").on(table.credentialId), index("passkeys_of_user").on(table.userId, table.createdAt)],
);

export const CEREMONIES = ["register", "sign-in", "prove"] as const;

/** Challenges that were given out for a passkey to sign, each good once. */
export const ceremonies = sqliteTable(
  "ceremonies",
  {
    id: text().primaryKey(),
    /** Null before anybody said who they are. */
    userId: text().references(() => users.id),
    kind: text({ enum: CEREMONIES }).notNull(),
    /** Base64url. */
    challenge: text().notNull(),
    expiresAt: integer().notNull(),
    usedAt: integer(),
  },
  (table) => [index("ceremonies_by_expiry").on(table.expiresAt), check("ceremonies_kind", oneOf("kind", CEREMONIES))],
);

/**
 * Whether an account has a second factor that counts, as a column of a query on `users`. Columns are named with their tables by hand: in a
 * query of one table drizzle leaves the names out, and a passkey's own id would be compared.
 */
export const hasSecondFactor = sql<number>`(
  exists (select 1 from ${totps} where ${totps}."userId" = ${users}."id" and ${totps}."confirmedAt" is not null)
  or exists (select 1 from ${passkeys} where ${passkeys}."userId" = ${users}."id")
)`;
