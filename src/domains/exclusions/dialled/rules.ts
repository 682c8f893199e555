import type { Instant } from "../../../kernel/clock.ts";
import type { Receipt } from "../model.ts";
import { type ChosenPolicy, POLICY_CODES } from "../policies.ts";
import { isInForce } from "../rules.ts";

/** As long as the network's word for a number suffices; whoever wants longer proves the phone by a code (design §10). */
const WITHOUT_CODE: readonly ChosenPolicy[] = ["24h", "7d", "30d"];

export const needsCode = (policy: ChosenPolicy): boolean => !WITHOUT_CODE.includes(policy);

/** What takes a code: a long period, and either act of ending, because the network's word lengthens and never shortens. */
export type Coded = ChosenPolicy | "ask-to-end" | "confirm-ending";

export const isPolicy = (asked: Coded): asked is ChosenPolicy => asked !== "ask-to-end" && asked !== "confirm-ending";

/** The periods that take a code. */
export const CODED_POLICIES: readonly ChosenPolicy[] = POLICY_CODES.filter(needsCode);

/** The exclusion a phone's holder sees: their own in force, else another in force, else none. `receipts`: newest first. */
export function shownOf(receipts: readonly Receipt[]): Receipt | null {
  const inForce = receipts.filter(({ state }) => isInForce(state));
  return inForce.find(({ origin }) => origin === "self") ?? inForce[0] ?? null;
}

/** The exclusion an act of ending is about: their own in force, else their newest, so that the act can be repeated when it is done. */
export function endedOf(receipts: readonly Receipt[]): Receipt | null {
  const own = receipts.filter(({ origin }) => origin === "self");
  return own.find(({ state }) => isInForce(state)) ?? own[0] ?? null;
}

/** What its holder can do about its end now. */
export function endingSteps({ state, askableFrom, endableFrom }: Receipt, now: Instant): ("ask-to-end" | "confirm-ending" | "keep")[] {
  if (state === "active") return askableFrom !== null && askableFrom <= now ? ["ask-to-end"] : [];
  if (state !== "ending") return [];
  return endableFrom !== null && endableFrom <= now ? ["confirm-ending", "keep"] : ["keep"];
}
