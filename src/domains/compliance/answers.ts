import type { z } from "zod";
import type { Instant } from "../../kernel/clock.ts";
import type { FlagAnswer } from "./schema.ts";
import type { FoundEntry, StoredFlag } from "./store.ts";
import { explain } from "./words.ts";

const iso = (at: Instant): string => new Date(at).toISOString();

export const flagOf = ({ id, rule, figures, evidence, seenAt, seenBy, note, version }: StoredFlag): z.infer<typeof FlagAnswer> =>
  ({ id, rule, explanation: explain("en", rule, figures), figures, evidence, seenAt: seenAt === null ? null : iso(seenAt), seenBy, note, version });

export const entryOf = (entry: FoundEntry) => {
  const { id, at, source, action, resource, outcome, actorKind: kind, actorId, network, agent, country, county, channel, commandId, requestId, reason, payload, leaf, flags } = entry;
  return {
    id, at: iso(at), source, action, resource, outcome, channel, commandId, requestId, reason, leaf,
    actor: { kind, id: actorId },
    origin: { network, agent, country, county },
    payload: JSON.parse(payload) as unknown,
    proof: `/v1/audit/${id}/proof`,
    flags: flags.map(flagOf),
  };
};
