import type { Statement } from "../../../office/commit.ts";
import type { OfficeDatabase } from "../../../office/database.ts";
import type { ListedChange } from "../../exclusions/projection/rpc.ts";
import type { ListedKey, ListedOperator } from "../rpc.ts";
import { putChanges, putKeys, putOperators } from "./store.ts";

/** What happened to an operator or one of its keys. */
type DirectoryChange = ListedChange & { operator: string };

/** Of a key's day, over with it: as many as there are days and keys, and listed nowhere. */
const PASSING = "operator.key-allowance-set";

/** The writes that bring the office's copy of the directory up to a page of what Register did. */
export function copyOfDirectory(
  database: OfficeDatabase,
  { operators, keys, changes }: { operators: readonly ListedOperator[]; keys: readonly ListedKey[]; changes: readonly DirectoryChange[] },
  generation: number,
): Statement[] {
  const known = new Set(operators.map(({ id }) => id));
  const ofKnown = keys.filter(({ operator }) => known.has(operator));
  const told = changes.filter(({ operator, action }) => known.has(operator) && action !== PASSING);
  return [
    ...(operators.length > 0 ? [putOperators(database, operators.map((row) => ({ ...row, generation })))] : []),
    ...(ofKnown.length > 0 ? [putKeys(database, ofKnown.map((row) => ({ ...row, generation })))] : []),
    ...(told.length > 0 ? [putChanges(database, told.map((row) => ({ ...row, generation })))] : []),
  ];
}
