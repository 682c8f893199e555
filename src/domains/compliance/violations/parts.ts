import type { Clock, Random } from "../../../kernel/clock.ts";
import type { Office } from "../../../office/database.ts";
import type { Terms } from "../standing/model.ts";

export interface ViolationParts {
  office: Office;
  terms: Terms;
  clock: Clock;
  random: Random;
}
