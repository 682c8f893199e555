import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Kind } from "../../../bst/kinds.ts";
import type { KeyRow, OperatorRow } from "../../../check/directory.ts";
import type { KeyMode, Scope } from "../../../check/terms.ts";
import type { Json } from "../../../kernel/canonical-json.ts";

/** Register's operators as staff list them. `generation` is the projection's. */
export const operators = sqliteTable(
  "operators",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    state: text().$type<OperatorRow["state"]>().notNull(),
    requiredKinds: text({ mode: "json" }).$type<Kind[]>().notNull(),
    enrolledAt: integer().notNull(),
    /** How many customers it says that it has: its quotas of tokens follow from it. */
    declaredCustomers: integer().notNull().default(0),
    generation: integer().notNull(),
  },
  (table) => [
    index("operators_by_name").on(table.name, table.id),
    index("operators_of_state").on(table.state, table.name, table.id),
    check("operators_state", sql`${table.state} in ('active', 'suspended')`),
  ],
);

/** Their keys, without what proves one. */
export const operatorKeys = sqliteTable(
  "operatorKeys",
  {
    id: text().primaryKey(),
    operator: text().notNull().references(() => operators.id),
    state: text().$type<KeyRow["state"]>().notNull(),
    scopes: text({ mode: "json" }).$type<Scope[]>().notNull(),
    expiresAt: integer(),
    networks: text({ mode: "json" }).$type<string[]>().notNull(),
    perSecond: integer().notNull(),
    perDay: integer().notNull(),
    issuedAt: integer().notNull(),
    revokedAt: integer(),
    generation: integer().notNull(),
    mode: text().$type<KeyMode>().notNull().default("live"),
    /** What its operator calls it. */
    name: text(),
  },
  (table) => [
    index("operatorKeys_of_operator").on(table.operator, table.issuedAt, table.id),
    check("operatorKeys_state", sql`${table.state} in ('active', 'revoked')`),
    check("operatorKeys_mode", sql`${table.mode} in ('live', 'test')`),
  ],
);

/** What happened to each operator and its keys. */
export const operatorChanges = sqliteTable(
  "operatorChanges",
  {
    /** Of Register's audit entry. */
    id: text().primaryKey(),
    operator: text().notNull().references(() => operators.id),
    /** The operator's own id, or its key's. */
    resource: text().notNull(),
    /** In the order of everything Register did. */
    position: integer().notNull(),
    /** How far the change log was with it; null for what was done before entries said so. */
    sequence: integer(),
    at: integer().notNull(),
    action: text().notNull(),
    channel: text().notNull(),
    payload: text({ mode: "json" }).$type<Json>().notNull(),
    generation: integer().notNull(),
  },
  (table) => [index("operatorChanges_of_operator").on(table.operator, table.position)],
);
