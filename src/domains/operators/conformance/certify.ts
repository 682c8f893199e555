import { certificateText } from "../../../client/conformance/index.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { formatNote } from "../../../tlog/note.ts";
import { sign } from "../../../tlog/sign.ts";
import type { ConformanceParts } from "./parts.ts";
import type { StoredRun } from "./store.ts";

interface Outcome {
  scenarios: number;
  ended: Instant;
  testChecks: number | null;
}

/** The signed note of a run in which every scenario was passed. */
export async function certify({ signer }: Pick<ConformanceParts, "signer">, run: StoredRun, { scenarios, ended, testChecks }: Outcome): Promise<string> {
  const { operator, id, kit, hash, createdAt } = run;
  const text = certificateText({ operator, run: id, kit, scenarios, hash, began: new Date(createdAt), ended: new Date(ended), testChecks });
  return formatNote({ text, signatures: [await sign(text, await signer())] });
}
