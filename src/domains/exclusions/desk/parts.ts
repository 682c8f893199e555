import type { Random } from "../../../kernel/clock.ts";
import type { Json } from "../../../kernel/canonical-json.ts";
import { commit } from "../../../office/commit.ts";
import type { Caller } from "../../authentication/capabilities.ts";
import type { Evaluator } from "../../tokens/rpc.ts";
import type { EnterParts } from "../../users/people/index.ts";
import type { MeasuresApi } from "../measures-rpc.ts";

/** What the officers' verbs on exclusions work with. Whatever of it fails throws: nothing was shown. */
export interface DeskParts extends EnterParts {
  random: Random;
  tokenizer: Evaluator;
  register: Pick<MeasuresApi, "statedIn">;
}

/** Has the audit entry in the office. Throws when nobody can say that it is there. */
export async function noted({ office, clock, random }: DeskParts, { actor }: Caller, action: `exclusion.${string}`, resource: string, payload: Record<string, Json>): Promise<void> {
  await commit(office, { actor, rows: [], audit: { action, resource, payload }, answer: {} }, { now: clock(), random });
}
