import type { Manifest } from "../snapshot/manifest.ts";
import type { Change, ReplicaPoll } from "../check/feed.ts";
import type { Feed } from "../check/keeper.ts";
import { type PollOutcome, View } from "../check/view.ts";
import { Follower, type FollowerParts, type Following } from "../replication/follow.ts";
import { readPosition } from "../replication/store.ts";
import { type Mutant, MUTANTS } from "./mutant-names.ts";
import { type Parts, PRODUCT } from "./parts.ts";

type When = Parameters<View["apply"]>[1];

/** A view that takes each poll for something else than it is. */
const mistaking = (mistake: (poll: ReplicaPoll, when: When, view: View) => [ReplicaPoll, When]): Pick<Parts, "View"> => ({
  View: class extends View {
    override apply(poll: ReplicaPoll, when: When): PollOutcome {
      return super.apply(...mistake(poll, when, this));
    }
  },
});

const mistakingRows = (mistake: (row: Change) => Change): Pick<Parts, "View"> =>
  mistaking((poll, when) => [{ ...poll, rows: poll.rows.map(mistake) }, when]);

const following = (wrap: (follower: Follower, parts: FollowerParts) => Following): Pick<Parts, "follow"> => ({
  follow: (parts) => wrap(new Follower(parts), parts),
});

/** Numbers rows as if those missing had never been. */
function skippingGaps(feed: Feed): Feed {
  let skipped = 0;
  return {
    first: (question) => feed.first(question),
    shard: (place) => feed.shard(place),
    poll: async (after, logId) => {
      const poll = await feed.poll(after === 0 ? 0 : after + skipped, logId);
      if (after === 0) skipped = 0;
      if (poll.from > after + skipped + 1) {
        skipped = poll.from - after - 1;
        return skippingGapsIn(await feed.poll(poll.from - 1, logId), skipped);
      }
      return skippingGapsIn(poll, skipped);
    },
  };
}

const skippingGapsIn = (poll: ReplicaPoll, skipped: number): ReplicaPoll =>
  ({ ...poll, from: 1, seq: poll.seq - skipped, rows: poll.rows.map((row) => ({ ...row, seq: row.seq - skipped })) });

/** How old a copy may be before it is asked again. */
const FRESH_MS = 250;

function renewedByPushes(follower: Follower, { database, clock }: FollowerParts): Following {
  let pushedAt = Number.NEGATIVE_INFINITY;
  return {
    current: async () => {
      const [age, at] = [clock() - pushedAt, readPosition(database)];
      return at && age >= 0 && age < FRESH_MS ? { age, t: at.t } : follower.current();
    },
    push: (...rows) => {
      follower.push(...rows);
      pushedAt = clock();
    },
  };
}

/** A copy on disk is vouched for before Register was asked whether it is still whole. */
function trustedWhenRebuilt(follower: Follower, { database, clock }: FollowerParts): Following {
  let asked = false;
  return {
    current: async () => {
      const at = readPosition(database);
      if (asked || !at) return follower.current();
      asked = true;
      follower.current().catch(() => undefined);
      return { age: 0, t: clock() };
    },
    push: (...rows) => follower.push(...rows),
  };
}

function givingUp(feed: Feed): Feed {
  let failed = false;
  const once = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (failed) throw new Error("no answer within 0 ms");
    return ask().catch((error: unknown) => {
      failed = true;
      throw error;
    });
  };
  return {
    poll: (...reach) => once(() => feed.poll(...reach)),
    first: (question) => once(() => feed.first(question)),
    shard: (place) => once(() => feed.shard(place)),
  };
}

/** A product with one part that errs, by what it does. Each has to be noticed. */
const MUTATIONS: Record<Mutant, Partial<Parts>> = {
  "counts the lease from receipt": mistaking((poll, when) => [poll, { ...when, sentAt: when.receivedAt }]),
  "leaves out the copy's age": mistaking((poll, when) => [{ ...poll, age: 0 }, when]),
  "ignores which log it is": mistaking((poll, when, view) => [{ ...poll, logId: view.logId ?? poll.logId }, when]),
  "skips a gap": { feed: skippingGaps },
  "lets a push renew": following(renewedByPushes),
  "trusts a rebuilt Replica": following(trustedWhenRebuilt),
  "forgets that rows were lost": { wake: ({ sql }) => void sql.exec("update head set lostUpTo = null") },
  "says it is complete further than it is": { answer: (poll) => ({ ...poll, t: poll.t + 1_000 }) },
  "trims the overlay too early": {
    View: class extends View {
      override adopt(manifest: Manifest): void {
        super.adopt({ ...manifest, sequence: manifest.sequence + 3 });
      }
    },
  },
  "answers on a lease that ran out": {
    View: class extends View {
      override staleness(now: number): number | null {
        const staleness = super.staleness(now);
        return staleness && Math.min(staleness, 4_900);
      }
    },
  },
  "forgets a release": mistakingRows((row) => (row.type === "released" ? { ...row, type: "excluded" } : row)),
  "forgets a revocation": mistakingRows((row) => (row.type === "key" ? { ...row, key: { ...row.key, state: "active" } } : row)),
  "gives up when a Replica failed once": { feed: givingUp },
  "moves tokens to a root before everybody is under it": { wake: ({ sql }) => void sql.exec("update roots set cursor = x'ffffffff' where state = 'advancing'") },
  "forgets the new root of who is excluded": mistakingRows((row) => (row.type === "excluded" && row.rootEpoch > 0 ? { ...row, type: "released" } : row)),
};

/** The product with this part of it erring. Throws RangeError at a name that is none. */
export function mutant(name: string): Parts {
  const known = MUTANTS.find((one) => one === name);
  if (!known) throw new RangeError(`no such mutant: ${name}; there are ${MUTANTS.join(", ")}`);
  return { ...PRODUCT, ...MUTATIONS[known] };
}
