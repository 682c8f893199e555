/** What an operator may turn into tokens by one door, as the deployment sets it. */
export interface QuotaTerms {
  /** Identifiers a day, whatever its customer base. */
  floor: number;
  /** And so many a day for each customer it declared: 0.1 is a tenth of its base. */
  share: number;
  /** Once, beyond its days: so many for each customer, so that a whole base can be brought in at once. */
  initial: number;
}

/** An operator's quota by one door, in identifiers. */
export interface Quota {
  perDay: number;
  /** Once, beyond the days. */
  initial: number;
}

/**
 * Floor and share a day, and the allowance for the beginning. Whoever declares more customers gets more of each, the allowance's
 * part that is used up stays so.
 */
export const quotaOf = ({ floor, share, initial }: QuotaTerms, declaredCustomers: number): Quota => ({
  perDay: floor + Math.ceil(share * declaredCustomers),
  initial: Math.ceil(initial * declaredCustomers),
});

/** What was used by one door. */
export interface Spent {
  /** Of this day. */
  today: number;
  /** Of the allowance for the beginning, ever. */
  beyond: number;
}

/** What is used after `count` more: the day first, then the allowance. Null when both do not hold it, and then none of it is used. */
export function spend(quota: Quota, { today, beyond }: Spent, count: number): Spent | null {
  const ofDay = Math.min(count, Math.max(0, quota.perDay - today));
  const rest = count - ofDay;
  if (rest > Math.max(0, quota.initial - beyond)) return null;
  return { today: today + ofDay, beyond: beyond + rest };
}

/** The most that this day can still bring by the door. */
export const leftOf = (quota: Quota, { today, beyond }: Spent): number =>
  Math.max(0, quota.perDay - today) + Math.max(0, quota.initial - beyond);
