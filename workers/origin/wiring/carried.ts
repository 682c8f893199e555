import { carryCases, sweepCases } from "../../../src/domains/exclusions/cases/carry.ts";
import { exportCases } from "../../../src/domains/exclusions/cases/export.ts";
import { CaseKeys } from "../../../src/domains/exclusions/cases/keys.ts";
import type { CitizenCaseParts } from "../../../src/domains/exclusions/cases/parts.ts";
import { carryClaims, sweepClaims } from "../../../src/domains/users/claims/carry.ts";
import type { ClaimParts } from "../../../src/domains/users/claims/parts.ts";
import type { ClaimRouteParts } from "../../../src/domains/users/claims/routes.ts";
import { sweepRequests, tellPersons } from "../../../src/domains/users/rights/deliver.ts";
import type { RightsRouteParts } from "../../../src/domains/users/rights/routes.ts";
import { bucketOf } from "../../../src/objects/recovery/r2.ts";
import type { Environment } from "../environment.ts";
import { identityRegistry } from "../identity-registry.ts";
import type { Ground } from "./ground.ts";
import { failing, report } from "./report.ts";

/** What is decided in one go and carried out after the answer; `afterwards` outlives the answer. */
export interface Carried {
  /** What persons' requests are carried out with. */
  rights: RightsRouteParts["rights"];
  /** What claims to phones are carried out with. */
  claims: ClaimRouteParts["claims"];
  /** What cases are kept and carried out with. */
  cases: (afterwards: (work: Promise<unknown>) => void) => Omit<CitizenCaseParts, "grants">;
}

const requestFailed = failing("a data request was not carried out");
const claimFailed = failing("a claim to a phone was not carried out");
const caseFailed = failing("a case was not carried on");

export function carriedOf(ground: Ground, environment: Environment, deliver: () => Promise<void>): Carried {
  const { office, register, tokenizer, challenge, person, sms, envelope, clock, random, settings } = ground;
  const claims: Carried["claims"] = (afterwards) => {
    const filled = () => afterwards(Promise.all([carryClaims(parts, claimFailed), deliver()]));
    const parts: ClaimParts = { office, register, tokenizer, challenge, person, registry: identityRegistry(settings), sms, envelope, clock, random, filled };
    return parts;
  };
  const cases: Carried["cases"] = (afterwards) => {
    const filled = () => afterwards(carryCases(parts, caseFailed).then(deliver));
    const parts: ReturnType<Carried["cases"]> = {
      office, envelope, register, person, tokenizer, registry: identityRegistry(settings), sms, clock, random, filled,
      keys: new CaseKeys(settings.LOOKUP_KEY),
      evidence: bucketOf(environment.EVIDENCE, "cases"),
      settings: {
        hearingDays: settings.CASE_HEARING_DAYS, appealDays: settings.CASE_APPEAL_DAYS, eraseDays: settings.CASE_ERASE_DAYS, holidays: settings.HOLIDAYS,
      },
    };
    return parts;
  };
  const rights: Carried["rights"] = (afterwards) => ({
    office, register, person, clock, random, eventsFilled: () => afterwards(tellPersons({ office, person }, requestFailed)),
    cases: (holder) => exportCases(cases(afterwards), holder),
  });
  return { rights, claims, cases };
}

/** What requests, claims and cases left behind. */
export const sweepCarried = ({ rights, claims, cases }: Carried): Promise<unknown> =>
  Promise.all([
    sweepRequests(rights(() => {}), requestFailed, report).catch(requestFailed),
    sweepClaims(claims(() => {}), claimFailed).catch(claimFailed),
    sweepCases(cases(() => {}), caseFailed).catch(caseFailed),
  ]);
