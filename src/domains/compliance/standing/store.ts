import { and, countDistinct, eq, gte, lt } from "drizzle-orm";
import type { Instant } from "../../../kernel/clock.ts";
import { type Office, readNearest } from "../../../office/database.ts";
import { operatorKeys, operators } from "../../operators/office/tables.ts";
import { canaryAlarms } from "../../tokens/canaries/tables.ts";
import type { KeyFacts } from "./inputs.ts";

/** How many identifiers that are nobody's an operator came with from one instant until before another. */
export async function canariesMet(office: Office, operator: string, from: Instant, to: Instant): Promise<number> {
  const met = and(eq(canaryAlarms.operator, operator), gte(canaryAlarms.at, from), lt(canaryAlarms.at, to));
  const [row] = await readNearest(office, (database) => database.select({ count: countDistinct(canaryAlarms.canary) }).from(canaryAlarms).where(met));
  return row!.count;
}

/** The keys an operator had before an instant, without those for tests. */
export const keysBefore = (office: Office, operator: string, before: Instant): Promise<KeyFacts[]> =>
  readNearest(office, (database) =>
    database.select({
      id: operatorKeys.id, networks: operatorKeys.networks, issuedAt: operatorKeys.issuedAt, expiresAt: operatorKeys.expiresAt, revokedAt: operatorKeys.revokedAt,
    }).from(operatorKeys).where(and(eq(operatorKeys.operator, operator), lt(operatorKeys.issuedAt, before), eq(operatorKeys.mode, "live"))).all());

/** What an operator is called, and since when there is one; null where there is none. */
export const operatorNamed = async (office: Office, id: string): Promise<{ id: string; name: string; enrolledAt: Instant } | null> =>
  (await readNearest(office, (database) => database.select({ id: operators.id, name: operators.name, enrolledAt: operators.enrolledAt }).from(operators).where(eq(operators.id, id)).get())) ?? null;

/** As many as a page shows; a country has fewer. */
const MOST_OPERATORS = 1_000;

/** Every operator, in the order of their names. */
export const operatorsByName = (office: Office): Promise<{ id: string; name: string }[]> =>
  readNearest(office, (database) => database.select({ id: operators.id, name: operators.name }).from(operators).orderBy(operators.name, operators.id).limit(MOST_OPERATORS).all());
