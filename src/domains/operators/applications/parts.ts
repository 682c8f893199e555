import type { Accounts } from "../../users/index.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { LicenceParts } from "../licensing/parts.ts";
import type { OperatorDirectoryApi } from "../rpc.ts";

/** What applications are kept and carried out with. */
export interface ApplicationParts extends LicenceParts {
  directory: Pick<OperatorDirectoryApi, "enrolOperator" | "setLicence" | "epochsOf">;
  accounts: Accounts;
  envelope: Envelope;
  /** Something approved waits to be carried out, or somebody to be told. */
  filled: () => void;
}
