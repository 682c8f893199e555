import type { SmsSender } from "../../../adapters/sms/port.ts";
import type { Clock, Random } from "../../../kernel/clock.ts";
import type { Office } from "../../../office/database.ts";
import type { Accounts } from "../../users/index.ts";
import type { OperatorDirectoryApi } from "../rpc.ts";

/** What licences are kept with. */
export interface LicenceParts {
  office: Office;
  directory: Pick<OperatorDirectoryApi, "setLicence" | "epochsOf">;
  clock: Clock;
  random: Random;
  /** Hears why Register was not told; it is told again within a minute. */
  report: (error: unknown) => void;
}

/** What operators are warned with. */
export interface WarningParts extends LicenceParts {
  accounts: Accounts;
  sms: SmsSender;
}
