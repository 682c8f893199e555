import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { baseColumns, oneOf } from "../../../office/columns.ts";
import { users } from "../../users/accounts/tables.ts";
import { CLIENT_STATES, type ClientGrant, FAMILY_ENDINGS, type Scope } from "./model.ts";

/** Third parties' programs that the regulator registered. Names no person. */
export const oauthClients = sqliteTable(
  "oauthClients",
  {
    ...baseColumns,
    name: text().notNull(),
    state: text({ enum: CLIENT_STATES }).notNull(),
    /** SHA-256 of the secret's text, lower-case hexadecimal; null for a public client. */
    secretHash: text(),
    redirectUris: text({ mode: "json" }).$type<readonly string[]>().notNull(),
    scopes: text({ mode: "json" }).$type<readonly Scope[]>().notNull(),
    grants: text({ mode: "json" }).$type<readonly ClientGrant[]>().notNull(),
    /** Whose program it is; null when it is no operator's. */
    operator: text(),
  },
  () => [check("oauthClients_state", oneOf("state", CLIENT_STATES))],
);

/** What people agreed to let a client see, so that they are asked once. */
export const oauthConsents = sqliteTable(
  "oauthConsents",
  {
    userId: text().notNull().references(() => users.id),
    clientId: text().notNull().references(() => oauthClients.id),
    scopes: text({ mode: "json" }).$type<readonly Scope[]>().notNull(),
    /** When they last said so. */
    at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.clientId] })],
);

/** Authorization codes, for as long as a replay of one is to be noticed. The code itself is never stored. */
export const oauthCodes = sqliteTable(
  "oauthCodes",
  {
    /** SHA-256 of the code's text, lower-case hexadecimal. */
    hash: text().primaryKey(),
    clientId: text().notNull().references(() => oauthClients.id),
    userId: text().notNull().references(() => users.id),
    redirectUri: text().notNull(),
    scopes: text({ mode: "json" }).$type<readonly Scope[]>().notNull(),
    /** The PKCE challenge by S256. */
    challenge: text().notNull(),
    /** The family it becomes: whoever brings it a second time ends that. */
    familyId: text().notNull(),
    expiresAt: integer().notNull(),
    usedAt: integer(),
  },
  (table) => [index("oauthCodes_by_expiry").on(table.expiresAt)],
);

/** Each grant of somebody to a client, and how often its refresh token was renewed. No token is stored: each is derived. */
export const oauthFamilies = sqliteTable(
  "oauthFamilies",
  {
    id: text().primaryKey(),
    clientId: text().notNull().references(() => oauthClients.id),
    userId: text().notNull().references(() => users.id),
    scopes: text({ mode: "json" }).$type<readonly Scope[]>().notNull(),
    /** Of the refresh token that is good now; the first is 1. */
    generation: integer().notNull(),
    createdAt: integer().notNull(),
    rotatedAt: integer().notNull(),
    expiresAt: integer().notNull(),
    endedAt: integer(),
    ending: text({ enum: FAMILY_ENDINGS }),
  },
  (table) => [
    index("oauthFamilies_of_user").on(table.userId).where(sql`${table.endedAt} is null`),
    check("oauthFamilies_ending", oneOf("ending", FAMILY_ENDINGS)),
    check("oauthFamilies_ended", sql`(${table.endedAt} is null) = (${table.ending} is null)`),
  ],
);
