import type { Result } from "../kernel/result.ts";
import type { AddCheckpoint, WitnessRefusal } from "../tlog/witness.ts";

/** `time`, in POSIX seconds, is what the cosignature has to say. */
export type Kept = Result<{ time: number }, { refusal: WitnessRefusal }>;

/** Two checkpoints of one log and one size with different roots, as it signed them. */
export interface Fork {
  /** When the second was refused, ISO 8601. */
  at: string;
  cosigned: string;
  refused: string;
}

/** What a witness remembers of one log. */
export interface WitnessApi {
  /** Keeps a checkpoint, whose note has the log's signatures alone, if it continues the one before. Only then may it be cosigned. */
  keep(signed: AddCheckpoint): Promise<Kept>;
  forks(): Promise<Fork[]>;
}
