/** What other slices may use of notifications: a person's queue of notices, and the inbox they stay in. */
export { inboxOf, markRead, unreadNotices } from "./store.ts";
export { enqueue, type Recipient, release, scheduleSending } from "./queue.ts";
