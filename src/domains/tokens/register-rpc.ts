import type { Lineage } from "../../bst/lineage.ts";
import type { Result } from "../../kernel/result.ts";

/** What Register is asked where tokens are made. */
export interface RegisterTokensApi {
  /** The ids of the canaries among these; each may also be one pseudonym, under whatever root. At most 1,000. */
  canariesAmong(ps: readonly Lineage[]): Promise<string[]>;
  /** How many pseudonyms are excluded. */
  excludedCount(): Promise<number>;
}

/** The regulator's identifiers that belong to nobody. */
export interface CanariesApi {
  /** Repeatable by `id`, which it then replaces. Refuses an identifier that somebody stated. */
  putCanary(canary: { id: string; p: Lineage; excluded: boolean }): Promise<Result<object, { refusal: "identifier-taken" }>>;
  /** Repeatable; an unknown one is gone already. */
  removeCanary(id: string): Promise<void>;
}
