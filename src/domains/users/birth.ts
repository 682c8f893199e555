import type { Instant } from "../../kernel/clock.ts";
import { ageOn } from "../../kernel/periods.ts";

/** Who is younger has no account (Constitution of Kenya, art. 260: an adult is who has attained eighteen years). */
const ADULT = 18;

/**
 * Whether somebody born on that day (`1990-03-27`) may have an account, by the calendar in Nairobi; never asked for an exclusion,
 * because a minor may exclude themself. Fails to "no" before the birthday.
 */
export const isOfAge = (dateOfBirth: string, now: Instant): boolean => ageOn(dateOfBirth, now) >= ADULT;
