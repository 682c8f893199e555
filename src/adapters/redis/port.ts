/** How many checks of a key. */
export interface Count {
  keyId: string;
  checks: number;
}

/** What each key has asked on a day, counted where every deployment of this service counts. */
export interface DailyCounters {
  /**
   * Adds to the counts of a day (`2027-02-28`), all or none, and answers what they then are, in their order. Throws after
   * a second at the latest when it cannot be known; the counts may have been added all the same.
   */
  add(date: string, counts: readonly Count[]): Promise<number[]>;
  /** Sets the counts of a day to what they are known to be. Throws likewise. */
  put(date: string, counts: readonly Count[]): Promise<void>;
}
