import type { Clock, Random } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { CommitRefusal } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import type { Accounts } from "./accounts.ts";
import type { ChangeRefusal } from "./rules.ts";
import type { UserView } from "./view.ts";

export interface UserParts {
  office: Office;
  accounts: Accounts;
  clock: Clock;
  random: Random;
}

export type UserRefusal = { refusal: "unknown" | "erased" | "not-deleted" | "unverified" | ChangeRefusal | CommitRefusal["refusal"] };

export type UserResult = Result<{ user: UserView }, UserRefusal>;

export const refused = (refusal: UserRefusal["refusal"]): { ok: false } & UserRefusal => ({ ok: false, refusal });
