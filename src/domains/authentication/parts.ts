import type { Breached } from "../../adapters/breached-passwords/port.ts";
import type { Random } from "../../kernel/clock.ts";
import type { Office } from "../../office/database.ts";
import type { Envelope } from "../../sealing/envelope.ts";
import type { Evaluator } from "../tokens/rpc.ts";
import type { Accounts } from "../users/index.ts";
import type { CodeParts } from "./codes.ts";
import type { Grants } from "./grant.ts";
import type { Hasher } from "./passwords/hasher.ts";

/** What the verbs on accounts work with. Whatever of it fails throws: nothing was done and nobody was let in, and the page says so. */
export interface AccountParts extends CodeParts {
  office: Office;
  accounts: Accounts;
  envelope: Envelope;
  hasher: Hasher;
  tokenizer: Evaluator;
  grants: Grants;
  random: Random;
  /** Whether a password is known from breaches of others; whoever cannot say keeps nobody out. Left out where nobody is asked. */
  breached?: Breached;
  /** Outlives the answer, so that how long it takes tells nothing. */
  afterwards: (work: Promise<unknown>) => void;
}
