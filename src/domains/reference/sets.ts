import { ASSESSMENT_TYPES, COUNTRY_CODES, CURRENCY_CODES, LANGUAGES, PRIORITIES, RISK_LEVELS, STATUSES, VERIFICATIONS } from "../../kernel/choices.ts";
import { COUNTY_LIST } from "../../kernel/reference/counties.ts";
import { COUNTRIES } from "../../kernel/reference/countries.ts";
import { CURRENCIES } from "../../kernel/reference/currencies.ts";
import { ROLES } from "../authentication/capabilities.ts";
import { POLICY_CODES } from "../exclusions/policies.ts";

/** What is the same for everybody, by the name it is asked for. */
export const SETS = {
  choices: {
    statuses: [...STATUSES], riskLevels: [...RISK_LEVELS], priorities: [...PRIORITIES], languages: [...LANGUAGES], currencies: [...CURRENCY_CODES],
    countries: [...COUNTRY_CODES], roles: [...ROLES], exclusionPeriods: [...POLICY_CODES], verifications: [...VERIFICATIONS], assessmentTypes: [...ASSESSMENT_TYPES],
  },
  countries: [...COUNTRIES],
  currencies: [...CURRENCIES],
  counties: [...COUNTY_LIST],
};
