import { systemActor } from "../../../kernel/actor.ts";
import { type LookupParts, step } from "./parts.ts";
import { lookupById, lookupsToExpire } from "./store.ts";

const AT_ONCE = 50;

/** Lets those go whose time is over: what they asked about is nowhere any more. One that is just read is left to who reads it. */
export async function expireLookups(parts: LookupParts): Promise<void> {
  const now = parts.clock();
  for (const { id, version } of await lookupsToExpire(parts.office, now, AT_ONCE)) {
    const found = await lookupById(parts.office, id);
    if (found?.version === version) await step(parts, systemActor("token-lookups"), found, { state: "expired", tokenKey: null }, "expired", {}, now);
  }
}
