import type { Office } from "../../../office/database.ts";
import { type AttemptKey, attemptsOn, factorsKeyOf, forgetAttemptsOn } from "../../authentication/index.ts";
import type { UserRow } from "../accounts/store.ts";

type Tried = Pick<UserRow, "id" | "phoneKey">;

/** What wrong tries to come in are counted under: the phone's, known or not, and the second factor's. */
const keysOf = ({ id, phoneKey }: Tried): AttemptKey[] => [factorsKeyOf(id), ...(phoneKey === null ? [] : [phoneKey])];

export const triesAt = (office: Office, account: Tried) => attemptsOn(office, keysOf(account));

/** A row of the change that lets somebody in again. */
export const forgetTriesAt = ({ primary }: Office, account: Tried) => forgetAttemptsOn(primary, keysOf(account));
