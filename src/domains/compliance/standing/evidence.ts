import type { UsageApi } from "../../analytics/rpc.ts";
import type { Office } from "../../../office/database.ts";
import { evidenceOf } from "./inputs.ts";
import type { Days, Evidence, Standings } from "./model.ts";
import { spanOf } from "./period.ts";
import { canariesMet, keysBefore } from "./store.ts";

/** Whom evidence is asked of. Who cannot say answers null; whoever does not answer fails the whole, for that is no data about an operator. */
export interface EvidenceParts {
  office: Office;
  usage: (operator: string) => Pick<UsageApi, "usage" | "keysUsed">;
  standings: Standings;
  /** On how many of the days a licence was in force. */
  licensedDays: (operator: string, days: Days) => Promise<number | null>;
}

/** What is known of an operator and these days. */
export async function gather({ office, usage, standings, licensedDays }: EvidenceParts, operator: string, days: Days): Promise<Evidence> {
  const { from, to } = spanOf(days);
  const [counts, standing, canaries, keys, used, licensed] = await Promise.all([
    usage(operator).usage({ from, to, by: "day" }), standings(operator, from, to), canariesMet(office, operator, from, to), keysBefore(office, operator, to),
    usage(operator).keysUsed(), licensedDays(operator, days),
  ]);
  return evidenceOf({ from, to, usage: counts, standing, canaries, keys, lastUsed: used, licensedDays: licensed });
}
