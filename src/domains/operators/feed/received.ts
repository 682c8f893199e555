import type { Pseudonym } from "../../../bst/kinds.ts";
import type { ObjectDatabase } from "../../../objects/database.ts";
import { endpointReceipts } from "./endpoints/store.ts";
import type { Received } from "./rpc.ts";
import { eventsOf, pulledAt } from "./store.ts";

/** Every event that is kept about any of these, and when it reached whom. */
export const receivedOf = (database: ObjectDatabase, ps: readonly Pseudonym[]): Received[] =>
  ps.flatMap((p) => eventsOf(database, p)).toSorted((one, other) => one.sequence - other.sequence)
    .map(({ sequence, type, at }) => ({ sequence, type, at, pulled: pulledAt(database, sequence), endpoints: endpointReceipts(database, sequence) }));
