/** The parts that err, by what they do; mutants.ts has them. */
export const MUTANTS = [
  "counts the lease from receipt",
  "leaves out the copy's age",
  "ignores which log it is",
  "skips a gap",
  "lets a push renew",
  "trusts a rebuilt Replica",
  "forgets that rows were lost",
  "says it is complete further than it is",
  "trims the overlay too early",
  "answers on a lease that ran out",
  "forgets a release",
  "forgets a revocation",
  "gives up when a Replica failed once",
  "moves tokens to a root before everybody is under it",
  "forgets the new root of who is excluded",
] as const;

export type Mutant = (typeof MUTANTS)[number];
