import type { AuditLogApi } from "../../audit/rpc.ts";
import { formatReceipt } from "../../audit/receipt.ts";
import type { Result } from "../../kernel/result.ts";
import type { Office } from "../../office/database.ts";
import { recordOf } from "../../office/entry.ts";
import { entryById } from "./store.ts";

export interface ProveParts {
  office: Office;
  log: Pick<AuditLogApi, "find" | "prove">;
}

/**
 * The proof that the log has an entry, a `tlog-proof@v1`. An entry of the office's own carries what opens it; of one that was copied, or whose salt was
 * erased, only its source could. `not-there-yet`: the log was not told, or nobody knows where it put it.
 */
export async function proveEntry({ office, log }: ProveParts, id: string): Promise<Result<{ proof: string }, { refusal: "unknown" | "not-there-yet" }>> {
  const entry = await entryById(office, id);
  if (!entry) return { ok: false, refusal: "unknown" };
  const [leaf = null] = entry.leaf === null ? await log.find([id]) : [entry.leaf];
  const proof = leaf === null ? null : await log.prove(leaf);
  if (proof === null) return { ok: false, refusal: "not-there-yet" };
  const { source, at, action, salt } = entry;
  return { ok: true, proof: source === "office" && salt ? formatReceipt(proof, { source, id, at, action, record: recordOf(entry), salt }) : proof };
}
