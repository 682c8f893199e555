/** An exclusion's receipt, as the log of `small-log.ts` proves it. */
import { type AuditRecord, commitmentOf } from "../../src/audit/entry.ts";
import { formatReceipt, type Opening } from "../../src/audit/receipt.ts";
import { SmallLog } from "./small-log.ts";

const record: AuditRecord = {
  actor: null, channel: "web", commandId: "01890a5d-ac96-774b-bcce-b302099a8051", outcome: "done", resource: "NSER-111111111J",
  payload: {
    asked: "1y", endMode: "automatic", endsAt: 1_831_536_000_000, policy: "1y", policyVersion: 1, sequence: 412_345, startedAt: 1_800_000_000_000,
    identifiers: [{ evidence: "code", kind: "msisdn", standing: "firm" }, { evidence: "typed", kind: "national_id", standing: "provisional" }],
  },
};

export const OPENING: Opening = {
  source: "register", id: "01890a5d-ac96-774b-bcce-b302099a8070", at: 1_800_000_000_000, action: "exclusion.registered", record,
  salt: Uint8Array.from({ length: 32 }, (_, at) => (at * 37) & 0xff),
};

const entryOf = ({ id, at, action, record: meaning, salt }: Opening) => ({ id, at, action, commitment: commitmentOf(salt, meaning) });

/** Of an entry that stands among others; `others` more follow it. */
export async function receiptOf(opening: Opening = OPENING, { before = 5, others = 6, unwitnessed = false } = {}): Promise<string> {
  const log = new SmallLog(before);
  log.unwitnessed = unwitnessed;
  const index = log.append(opening.source, entryOf(opening));
  for (let at = 0; at < others; at++) log.append("office", { id: `01890a5d-ac96-774b-bcce-b302099a81${String(at).padStart(2, "0")}`, at: 0, action: "user.read", commitment: "A".repeat(43) });
  return formatReceipt((await log.prove(index))!, opening);
}
