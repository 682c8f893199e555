/** What other slices may use of notifications: a person's queue of notices. */
export { enqueue, type Recipient, release, scheduleSending } from "./queue.ts";
