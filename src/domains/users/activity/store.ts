import { desc } from "drizzle-orm";
import { audit } from "../../../objects/audit.ts";
import type { Transaction } from "../../../objects/database.ts";
import type { Activity, VaultAction } from "./model.ts";

/** Newest first. Order is the entries' own: two may be of one instant. */
export const latestActivity = (database: Transaction, limit: number): Activity[] =>
  database.select().from(audit).orderBy(desc(audit.position)).limit(limit).all().map(({ id, at, action, payload, actor }) =>
    ({ id, at, action: action as VaultAction, fields: fieldsOf(payload), by: actor!.kind }));

/** The fields that an entry's payload names. */
export const fieldsOf = (payload: string): string[] => (JSON.parse(payload) as { fields: string[] }).fields;
