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
  /** What Register's storage goes through before each poll. */
  wake: (storage: DurableObjectStorage) => void;
  /** What Register answers a Replica. */
  answer: (poll: RegisterPoll) => RegisterPoll;
}

export const PRODUCT: Parts = {
  View,
  follow: (parts) => new Follower(parts),
  feed: (feed) => feed,
  wake: () => undefined,
  answer: (poll) => poll,
};
