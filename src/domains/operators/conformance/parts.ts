import type { Clock, Instant, Random } from "../../../kernel/clock.ts";
import type { Office } from "../../../office/database.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { Place } from "../../../sealing/sealed.ts";
import type { Signer } from "../../../tlog/sign.ts";
import type { AdapterAnswer } from "./model.ts";

/** Where a run's secret stands. */
export const secretPlace = (id: string): Place => ({ table: "conformanceRuns", column: "secret", row: id });

/** Who is called outside: an operator's address, which may be anybody's. */
export interface AdapterCaller {
  /** Why nobody is called there; null when it may be. */
  faultOf: (address: string) => string | null;
  /** Posts JSON once. Null when there is no answer in time, or one that nobody reads. */
  post: (address: string, headers: Record<string, string>, body: string) => Promise<AdapterAnswer>;
}

export interface ConformanceParts {
  office: Office;
  envelope: Envelope;
  adapters: AdapterCaller;
  /** Who signs certificates. */
  signer: () => Promise<Signer>;
  /** How many checks of test persons the edge answered an operator's test keys, from then until now; null where nobody knows. */
  testChecks: (operator: string, from: Instant) => Promise<number | null>;
  clock: Clock;
  random: Random;
  /** Outlives the answer. */
  afterwards: (work: Promise<unknown>) => void;
  report: (error: unknown) => void;
}
