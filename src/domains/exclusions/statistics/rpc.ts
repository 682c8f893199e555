import type { Published } from "./publish.ts";

/** What the pages ask of the register's figures. */
export interface StatisticsRpc {
  /** The last twelve months that are over, with small numbers suppressed. Throws when the database does not answer. */
  published(): Promise<Published>;
}
