import type { Clock, Random } from "../../../kernel/clock.ts";
import type { Office } from "../../../office/database.ts";
import type { TokenGuardApi } from "../guard/rpc.ts";

/** What the verbs on quarantines need. */
export interface QuarantineParts {
  office: Office;
  usage: (operator: string) => Pick<TokenGuardApi, "quarantine" | "putQuarantine" | "liftQuarantine">;
  clock: Clock;
  random: Random;
  /** Something decided waits to be carried out. */
  filled: () => void;
}
