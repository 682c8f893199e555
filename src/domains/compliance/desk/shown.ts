import type { FoundEntry, StoredFlag } from "../store.ts";
import type { ShownEntry, ShownFlag } from "./rpc.ts";

export function shownOf(entry: FoundEntry): ShownEntry {
  const { id, at, source, action, resource, outcome, actorKind, actorId, network, agent, country, county, channel, reason, requestId, payload, leaf, flags } = entry;
  const from = [network, agent, country, county].filter((part) => part !== null);
  return { id, at, source, action, resource, outcome, by: `${actorKind}:${actorId}`, from, channel, reason, requestId, payload, leaf, flags: flags.map(flagOf) };
}

const flagOf = ({ id, rule, figures, evidence, seenAt, seenBy, note, version }: StoredFlag): ShownFlag =>
  ({ id, rule, figures, evidence, seen: seenAt === null ? null : { at: seenAt, by: seenBy!, note: note! }, version });
