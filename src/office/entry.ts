import type { AuditRecord } from "../audit/entry.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { auditEntries } from "./tables.ts";

export type StoredEntry = typeof auditEntries.$inferSelect;

/** An actor as an entry's columns have them. */
export function who({ kind, id, origin }: Actor) {
  const { network = null, agent = null, country = null, county = null, requestId = null } = origin ?? {};
  return { actorKind: kind, actorId: id, network, agent, country, county, requestId };
}

/** Why somebody did it: as they say, where what they asked for takes a reason; else the capability it took. */
export function reasonOf(payload: Json, actor: Actor | null): string | null {
  const said = payload instanceof Object && "reason" in payload ? payload.reason : null;
  return typeof said === "string" ? said : (actor?.reason ?? null);
}

/** What an entry of the office means, as the log's commitment has it. */
export function recordOf(row: StoredEntry): AuditRecord {
  const { actorKind: kind, actorId: id, network, agent, country, county, requestId, reason, channel, commandId, outcome, payload, resource } = row;
  const actor = { kind, id, origin: { network, agent, country, county, requestId }, reason };
  return { actor, channel, commandId, outcome, payload: JSON.parse(payload) as Json, resource };
}
