import type { Actor } from "../kernel/actor.ts";
import type { Instant, Random } from "../kernel/clock.ts";
import { commit } from "./commit.ts";
import type { Office } from "./database.ts";

/** Something of persons that somebody looked at. */
export interface Read {
  actor: Actor;
  action: string;
  resource: string;
}

/** Has a look at persons' data in the audit, before it is answered. Throws when nobody can say that it is there, and then nothing is shown. */
export async function noteRead(office: Office, { actor, ...audit }: Read, now: Instant, random: Random): Promise<void> {
  await commit(office, { actor, rows: [], audit: { ...audit, payload: {} }, answer: {} }, { now, random });
}
