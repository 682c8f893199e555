import { fromHex } from "../../kernel/bytes.ts";
import type { EvidenceBatch, FoundAnswer } from "../../check/evidence.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { RegisterApi } from "../exclusions/rpc.ts";
import type { TokenGuardApi } from "../tokens/guard/rpc.ts";
import type { FoundCheck } from "../users/model.ts";
import type { PersonApi } from "../users/rpc.ts";
import type { UsageApi } from "./rpc.ts";
import { foundCounts } from "./rules.ts";
import { EvidenceMessage } from "./schema.ts";

export interface EvidenceParts {
  usage: (operator: string) => Pick<UsageApi & TokenGuardApi, "record" | "metByCheck">;
  register: Pick<RegisterApi, "holdersOf" | "canariesAmong" | "noteChecked">;
  person: (personId: string) => Pick<PersonApi, "found">;
  /** Hears once what each key spent. It may lose one: `spentToday` knows the whole. */
  spend: (operator: string, spent: EvidenceBatch["spent"], now: Instant) => Promise<void>;
  /** Hears what went wrong and does not keep evidence from being taken. */
  report: (error: unknown) => void;
}

/**
 * Takes one batch from the queue: counts it, once, tells the people it found, and raises an alarm for each who is nobody. Throws when it cannot be read or not
 * all was done; coming again does what was not done, and nothing twice.
 */
export async function receive(parts: EvidenceParts, body: unknown, sentAt: Instant): Promise<void> {
  const { excluded, ...batch } = EvidenceMessage.parse(body);
  const fresh = await parts.usage(batch.operator).record({ ...batch, found: foundCounts(excluded) }, sentAt);
  if (fresh && batch.spent.length > 0) await parts.spend(batch.operator, batch.spent, sentAt).catch(parts.report);
  if (excluded.length > 0) await Promise.all([tell(parts, batch.operator, excluded), raiseAlarms(parts, batch.operator, excluded)]);
}

/** Each identifier once an hour. */
const distinct = (found: readonly FoundAnswer[]) =>
  [...new Map(found.map(({ p, hour }) => [`${p} ${hour}`, { p: fromHex(p), hour }])).values()];

/** A pseudonym that nobody proved to be theirs is told to nobody, and kept nowhere. */
async function tell({ register, person }: EvidenceParts, operator: string, found: readonly FoundAnswer[]): Promise<void> {
  const ps = [...new Set(found.map(({ p }) => p))];
  await register.noteChecked({ operator, checks: distinct(found) });
  const holders = await register.holdersOf(ps.map(fromHex));
  const checks = new Map<string, FoundCheck[]>();
  for (const { p, answerId, purpose, hour } of found) {
    for (const personId of holders[ps.indexOf(p)] ?? []) {
      checks.set(personId, [...(checks.get(personId) ?? []), { answerId, operator, purpose, hour }]);
    }
  }
  await Promise.all([...checks].map(([personId, theirs]) => person(personId).found(theirs)));
}

/** An operator that checks an identifier which is nobody's has an account for nobody. */
async function raiseAlarms({ register, usage }: EvidenceParts, operator: string, found: readonly FoundAnswer[]): Promise<void> {
  const ps = [...new Set(found.map(({ p }) => p))];
  if ((await register.canariesAmong(ps.map(fromHex))).length === 0) return;
  for (const { p, answerId, purpose, hour } of found) {
    const [canary] = await register.canariesAmong([fromHex(p)]);
    if (canary !== undefined) await usage(operator).metByCheck({ operator, canary, answerId, purpose, at: hour });
  }
}
