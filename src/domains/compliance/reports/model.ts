/** What is done for every operator, some in each minute. */
export const JOBS = ["reports", "proposals"] as const;
export type Job = (typeof JOBS)[number];
