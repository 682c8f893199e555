import { sql } from "drizzle-orm";
import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Kind } from "../../bst/kinds.ts";
import type { EpochRow, KeyRow, OperatorRow } from "../../check/directory.ts";
import { DEFAULT_TERMS, type KeyMode, type Scope } from "../../check/terms.ts";
import { bytes } from "../../objects/columns.ts";

/** The operator directory within Register. */
export const operators = sqliteTable("operators", {
  id: text().primaryKey(),
  name: text().notNull(),
  state: text().$type<OperatorRow["state"]>().notNull(),
  requiredKinds: text({ mode: "json" }).$type<Kind[]>().notNull(),
  /** How many customers the operator says it has; its quota of tokens follows from it. */
  declaredCustomers: integer().notNull().default(0),
  enrolledAt: integer().notNull(),
});

/** The keys that operators ask with, by their hashes, and what each may do. */
export const operatorKeys = sqliteTable(
  "operatorKeys",
  {
    id: text().primaryKey(),
    hash: text().notNull().unique(),
    operator: text().notNull(),
    state: text().$type<KeyRow["state"]>().notNull(),
    /** The reply the key was handed out in, sealed by the caller: repeating the command answers it again. */
    sealedReply: bytes().notNull(),
    issuedAt: integer().notNull(),
    revokedAt: integer(),
    scopes: text({ mode: "json" }).$type<Scope[]>().notNull().default(DEFAULT_TERMS.scopes),
    expiresAt: integer(),
    networks: text({ mode: "json" }).$type<string[]>().notNull().default(DEFAULT_TERMS.networks),
    perSecond: integer().notNull().default(DEFAULT_TERMS.perSecond),
    perDay: integer().notNull().default(DEFAULT_TERMS.perDay),
    mode: text().$type<KeyMode>().notNull().default("live"),
    /** What its operator calls it. It does not travel with the key. */
    name: text(),
  },
  (table) => [index("operatorKeys_of_operator").on(table.operator, table.issuedAt, table.id)],
);

/** The epochs that operators' tokens are sealed in, and how long each is still read. */
export const operatorEpochs = sqliteTable(
  "operatorEpochs",
  {
    operator: text().notNull(),
    epoch: integer().notNull(),
    pairKeyId: text().notNull(),
    rootEpoch: integer().notNull(),
    state: text().$type<EpochRow["state"]>().notNull(),
    until: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.operator, table.epoch] }),
    index("epochs_to_retire").on(table.until).where(sql`${table.state} = 'grace'`),
  ],
);

/** The tokens retired by themselves: the operator's for this person from before an epoch, and of it below a generation. */
export const tokenGenerations = sqliteTable(
  "tokenGenerations",
  {
    operator: text().notNull(),
    /** The pseudonym, in hexadecimal. */
    p: text().notNull(),
    epoch: integer().notNull(),
    least: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.operator, table.p] })],
);

/** The pace a key keeps until then, because of what it asked today. */
export const keyAllowances = sqliteTable("keyAllowances", {
  keyId: text().primaryKey(),
  perSecond: real().notNull(),
  until: integer().notNull(),
});
