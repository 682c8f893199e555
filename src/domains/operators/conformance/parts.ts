import type { Clock, Random } from "../../../kernel/clock.ts";
import type { Office } from "../../../office/database.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { Place } from "../../../sealing/sealed.ts";
import type { Signer } from "../../../tlog/sign.ts";
import type { SendParts } from "../feed/endpoints/send.ts";

/** Where a run's secret stands. */
export const secretPlace = (id: string): Place => ({ table: "conformanceRuns", column: "secret", row: id });

export interface ConformanceParts {
  office: Office;
  envelope: Envelope;
  /** Calls an operator's address, which may be anybody's. */
  sending: SendParts;
  /** Who signs certificates. */
  signer: () => Promise<Signer>;
  /** How many checks of test persons the edge answered an operator's test keys this day, as far as it is known; null where it is not. */
  testChecks: (operator: string) => Promise<number | null>;
  clock: Clock;
  wait: (ms: number) => Promise<void>;
  random: Random;
  /** Outlives the answer. */
  afterwards: (work: Promise<unknown>) => void;
  report: (error: unknown) => void;
}
