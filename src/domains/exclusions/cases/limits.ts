import { DAY, type Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import { type CaseKind, isThirdParty } from "./model.ts";

/** What a citizen may file in a year of each kind. */
const A_YEAR: Readonly<Record<CaseKind, number>> = {
  "not-me": 3, "disputed-document": 3, "family": 3, "review": 3, "longer": 3, "complaint": 20, "operator": 0, "court": 0,
};
const YEAR = 365 * DAY;
const FALSE_ONES = 2;

/** A request of somebody's, as limits count it. */
export interface PastRequest {
  kind: CaseKind;
  at: Instant;
  foundFalseAt: Instant | null;
}

/** Whether somebody may file one more. Two knowingly false ones keep them from asking about others for a year after the last. */
export function judgeFiling(kind: CaseKind, past: readonly PastRequest[], now: Instant): Result<object, { refusal: "too-many-requests" | "refused-for-a-year" }> {
  const foundFalse = past.flatMap(({ foundFalseAt }) => foundFalseAt ?? []);
  if (isAboutOthers(kind) && foundFalse.length >= FALSE_ONES && Math.max(...foundFalse) > now - YEAR) return { ok: false, refusal: "refused-for-a-year" };
  const lately = past.filter((one) => one.kind === kind && one.at > now - YEAR);
  return lately.length < A_YEAR[kind] ? { ok: true } : { ok: false, refusal: "too-many-requests" };
}

const isAboutOthers = (kind: CaseKind): boolean => isThirdParty(kind) || kind === "disputed-document";
