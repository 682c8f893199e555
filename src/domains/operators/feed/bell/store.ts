import { eq } from "drizzle-orm";
import type { Transaction } from "../../../../objects/database.ts";
import { listeners } from "./tables.ts";

export const listenersIn = (database: Transaction): string[] => database.select().from(listeners).all().map(({ operator }) => operator);

export const addListener = (transaction: Transaction, operator: string): void => void transaction.insert(listeners).values({ operator }).onConflictDoNothing().run();

export const dropListener = (transaction: Transaction, operator: string): void => void transaction.delete(listeners).where(eq(listeners.operator, operator)).run();
