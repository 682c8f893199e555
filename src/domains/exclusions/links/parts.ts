import type { Actor } from "../../../kernel/actor.ts";
import type { Clock, Random } from "../../../kernel/clock.ts";
import type { Json } from "../../../kernel/canonical-json.ts";
import { commit } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import type { PersonApi } from "../../users/rpc.ts";
import type { RegisterApi } from "../rpc.ts";
import type { LinkKeys } from "./keys.ts";

/** What officers' questions about who is linked to whom work with. Whatever of it fails throws: nothing was shown. */
export interface LinkParts {
  office: Office;
  register: Pick<RegisterApi, "linkedTo" | "tokenHoldings" | "operatorNames" | "crossReferences" | "crossReferenceAt" | "salvaged">;
  person: (personId: string) => Pick<PersonApi, "accountKeys">;
  linkKeys: LinkKeys;
  clock: Clock;
  random: Random;
}

/** Has the audit entry in the office before anything is answered. Throws when nobody can say that it is there. */
export async function noted({ office, clock, random }: LinkParts, actor: Actor, action: string, resource: string, payload: Record<string, Json> = {}): Promise<void> {
  await commit(office, { actor, rows: [], audit: { action, resource, payload }, answer: {} }, { now: clock(), random });
}
