import type { RegisterPoll } from "../check/feed.ts";
import type { Feed } from "../check/keeper.ts";
import { View } from "../check/view.ts";
import { Follower, type FollowerParts, type Following } from "../replication/follow.ts";

/** What of the product a run is made with: its own parts, or, to see whether the run notices, parts that err. */
export interface Parts {
  View: typeof View;
  follow: (parts: FollowerParts) => Following;
  /** An isolate's way to the Replicas. */
  feed: (feed: Feed) => Feed;
  /** What Register answers a Replica. `now` is its clock. */
  answer: (poll: RegisterPoll, now: number) => RegisterPoll;
}

export const PRODUCT: Parts = {
  View,
  follow: (parts) => new Follower(parts),
  feed: (feed) => feed,
  answer: (poll) => poll,
};
