/** What other slices may use of notifications: a person's queue of notices, and the words of a code. */
export { codeMessage } from "./messages.ts";
export { enqueue, type Recipient, release } from "./queue.ts";
