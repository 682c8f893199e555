import type { Office } from "../../../office/database.ts";
import type { UsageApi } from "../../analytics/rpc.ts";
import { testKeysOf } from "./store.ts";

interface EvidenceParts {
  office: Office;
  usage: (operator: string) => Pick<UsageApi, "spentToday">;
  report: (error: unknown) => void;
}

/** How many checks of test persons the edge answered the operator's test keys this day, as far as it was told; null where that cannot be asked. */
export async function testChecksOf({ office, usage, report }: EvidenceParts, operator: string): Promise<number | null> {
  try {
    const keys = await testKeysOf(office, operator);
    const counts = await Promise.all(keys.map(({ id }) => usage(operator).spentToday(id)));
    return counts.reduce((sum, count) => sum + count, 0);
  } catch (error) {
    report(error);
    return null;
  }
}
