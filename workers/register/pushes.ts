import type { Change } from "../../src/check/feed.ts";
import { parseRegions, type ReplicaPlace } from "../../src/check/places.ts";
import * as exclusions from "../../src/domains/exclusions/index.ts";
import { errorFacts } from "../../src/objects/shell.ts";
import type { Environment } from "./environment.ts";
import type { Keeping, Report } from "./keeping.ts";

const PAUSE_MS = 100;

export type Push = ReturnType<typeof exclusions.coalesce<Change>>;

/** Sends rows on their way to each Replica, which would else find them at its next poll: so one that fails is only reported. */
export const pushesOf = (env: Environment, keeping: Keeping, report: Report): Push[] =>
  parseRegions(env.REGIONS).flat().map((place) => pushTo(place, env, keeping, report));

function pushTo({ name, region }: ReplicaPlace, { REPLICA }: Environment, keeping: Keeping, report: Report): Push {
  const send = async (rows: Change[]): Promise<void> => {
    try {
      const { logId } = exclusions.logHead(keeping.database);
      await REPLICA.getByName(name, { locationHint: region }).push(logId, rows, exclusions.timeOf(keeping.database, rows[0]!.seq - 1));
    } catch (error) {
      report(`a push to ${name} failed`, errorFacts(error));
    }
  };
  return exclusions.coalesce(send, () => scheduler.wait(PAUSE_MS), exclusions.ROWS_AT_ONCE);
}
