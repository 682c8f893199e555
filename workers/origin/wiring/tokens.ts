import { waitUntil } from "cloudflare:workers";
import { upstashCounters } from "../../../src/adapters/redis/upstash.ts";
import { type QuotaParts, Quotas } from "../../../src/domains/operators/quotas.ts";
import { countingBy } from "../../../src/domains/tokens/guard/counting.ts";
import { Guard } from "../../../src/domains/tokens/guard/guard.ts";
import { expireLookups } from "../../../src/domains/tokens/lookups/expire.ts";
import type { LookupParts } from "../../../src/domains/tokens/lookups/parts.ts";
import { carryQuarantines } from "../../../src/domains/tokens/quarantines/decide.ts";
import type { QuarantineRouteParts } from "../../../src/domains/tokens/quarantines/routes.ts";
import type { QueueParts } from "../evidence.ts";
import type { Ground } from "./ground.ts";
import { failing, report } from "./report.ts";

const quarantineFailed = failing("a quarantine's end was not carried out");
const lookupFailed = failing("a token lookup did not expire");

/** What the API's routes on tokens need. */
export function tokensOf(ground: Ground) {
  const { settings, office, register, person, tokenizer, envelope, usage, clock, random } = ground;
  const quarantines: QuarantineRouteParts["quarantines"] = (afterwards) => ({
    office, usage, clock, random, filled: () => afterwards(carryQuarantines({ office, usage }, quarantineFailed)),
  });
  const lookups: LookupParts = { office, register, person, keyring: settings.PAIR_KEYS, lookupKey: settings.LOOKUP_KEY, clock, random };
  return {
    blindTokenizer: tokenizer, blindPublicKey: settings.BLIND_PUBLIC_KEY, keyring: settings.PAIR_KEYS,
    countTokens: countingBy(usage, waitUntil, failing("tokens were not counted")),
    guard: new Guard({ usage, register, quotas: settings.TOKEN_QUOTAS, clock }),
    canaries: { office, register, tokenizer, envelope, clock, random },
    tokenDays: usage,
    quarantines, lookups,
  };
}

/** What lookups and quarantines left behind. */
export const sweepTokens = ({ office, usage }: Ground, lookups: LookupParts): Promise<unknown> =>
  Promise.all([
    expireLookups(lookups).catch(lookupFailed),
    carryQuarantines({ office, usage }, quarantineFailed).catch(quarantineFailed),
  ]);

/** What it takes to take evidence of checks. */
export function evidenceOf(ground: Ground): QueueParts {
  const { usage, register, person } = ground;
  const quotas = quotasBy(ground);
  return {
    usage, register, person,
    spend: async (operator, spent, now) => quotas(operator)?.spend(spent, now),
    report: failing("evidence of checks was not taken"),
    lost: (counts) => report("evidence of checks was lost", counts),
  };
}

/** The daily quotas of each operator's keys; null where no Redis is configured, and then there are none. */
function quotasBy({ settings, register: directory, usage }: Ground): (operator: string) => Quotas | null {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = settings;
  const counters = url && token ? upstashCounters({ url, token }) : null;
  const known = new Map<string, Quotas>();
  const failed: QuotaParts["report"] = (_, error) => failing("checks could not be counted")(error);
  return (operator) => {
    if (!counters || known.has(operator)) return known.get(operator) ?? null;
    const quotas = new Quotas({ counters, directory, spentToday: (keyId) => usage(operator).spentToday(keyId), report: failed });
    known.set(operator, quotas);
    return quotas;
  };
}
