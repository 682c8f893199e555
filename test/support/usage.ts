import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/durable-sqlite";
import { admit, met, metByCheck } from "../../src/domains/tokens/guard/admit.ts";
import { countTokens, daysOf } from "../../src/domains/tokens/guard/count.ts";
import { liftQuarantine, putQuarantine } from "../../src/domains/tokens/guard/quarantine.ts";
import type { TokenGuardApi } from "../../src/domains/tokens/guard/rpc.ts";
import { quarantineInForce } from "../../src/domains/tokens/guard/store.ts";
import { tell, type TellOffice } from "../../src/domains/tokens/guard/tell.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import type { ObjectDatabase } from "../../src/objects/database.ts";
import { random } from "../../src/objects/shell.ts";
import { ObjectStorage } from "../../src/simulation/storage.ts";

const MIGRATIONS = join(import.meta.dirname, "../../migrations/usage");

/** An operator's object without its shell: the same verbs over a database of its own. `tell` is its task. */
function anObject(operator: string, clock: Clock): TokenGuardApi & { tell(office: TellOffice): Promise<unknown> } {
  const storage = new ObjectStorage();
  for (const file of globSync(`${MIGRATIONS}/*.sql`).toSorted()) for (const statement of readFileSync(file, "utf8").split("--> statement-breakpoint")) storage.rows(statement);
  const database = drizzle(storage as unknown as DurableObjectStorage) as ObjectDatabase;
  return {
    admitTokens: async (batch) => admit(database, batch, clock(), random),
    metTokens: async (batch) => met(database, batch, clock(), random),
    metByCheck: async (check) => void metByCheck(database, check, clock()),
    countTokens: async (act, count) => countTokens(database, act, count, clock()),
    tokenDays: async (from, to) => daysOf(database, from, to),
    quarantine: async () => quarantineInForce(database),
    putQuarantine: async (order) => putQuarantine(database, order, clock(), random),
    liftQuarantine: async (order) => liftQuarantine(database, order, clock(), random),
    tell: (office) => tell(database, office, operator, clock()),
  };
}

/** Every operator's object, as the binding has them. */
export function usages(clock: Clock) {
  const known = new Map<string, ReturnType<typeof anObject>>();
  return (operator: string) => {
    const object = known.get(operator) ?? anObject(operator, clock);
    known.set(operator, object);
    return object;
  };
}
