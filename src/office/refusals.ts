import type { Actor } from "../kernel/actor.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { HOUR, type Instant, type Random } from "../kernel/clock.ts";
import { nameOf } from "./columns.ts";
import { commit } from "./commit.ts";
import type { Office } from "./database.ts";

/** An attempt that was refused and that matters. */
export interface Refusal {
  actor: Actor;
  action: string;
  resource: string;
  payload: { readonly [name: string]: Json };
}

/** So many of one account's, or on one, are written down within an hour and an isolate: whoever repeats theirs fills no table. */
const MOST_AN_HOUR = 20;

interface Counted {
  hour: number;
  attempts: Map<string, number>;
}

const counts = new WeakMap<Office["primary"], Counted>();

/** Counts an attempt of this hour; how many there were with it. */
function counted({ primary }: Office, key: string, now: Instant): number {
  const hour = Math.floor(now / HOUR);
  const known = counts.get(primary);
  const { attempts } = known?.hour === hour ? known : { attempts: new Map<string, number>() };
  counts.set(primary, { hour, attempts });
  const times = (attempts.get(key) ?? 0) + 1;
  attempts.set(key, times);
  return times;
}

/** By who tried; where nobody knows who that is, by what was tried. */
const keyOf = ({ actor, action, resource }: Refusal): string => `${action} ${actor.kind === "system" ? resource : nameOf(actor)}`;

/**
 * Has a refused attempt in the audit. The last of an hour says that further ones are left out. Throws when nobody can say that it is there.
 */
export async function noteRefusal(office: Office, refusal: Refusal, now: Instant, random: Random): Promise<void> {
  const times = counted(office, keyOf(refusal), now);
  if (times > MOST_AN_HOUR) return;
  const { actor, action, resource, payload } = refusal;
  const audit = { action, resource, outcome: "refused", payload: { ...payload, ...(times === MOST_AN_HOUR && { furtherLeftOut: true }) } } as const;
  await commit(office, { actor, rows: [], audit, answer: {} }, { now, random });
}
