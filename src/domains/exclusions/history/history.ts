import { recordOf } from "../../../audit/outbox.ts";
import type { AuditRow } from "../../../audit/store.ts";
import type { Lineage } from "../../../bst/lineage.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Transaction } from "../../../objects/database.ts";
import type { Exclusion, HistoryStep } from "../model.ts";
import { ownOf } from "../roots/own.ts";
import { exclusionByReference, holderOf } from "../store.ts";
import { EVENTS } from "./events.ts";
import type { LoggedStep } from "./rpc.ts";
import { entriesOf } from "./store.ts";

/** What happened to an exclusion of this phone's holder, oldest first; null when they have none of this reference. When it began it knows by itself. */
export function historyOf(database: Transaction, phone: Lineage, reference: string): HistoryStep[] | null {
  const exclusion = ownedBy(database, phone, reference);
  if (!exclusion) return null;
  const since = entriesOf(database, reference).flatMap(({ at, action, payload }) => {
    const event = EVENTS[action];
    return event && event !== "began" ? [{ at, event, endsAt: (JSON.parse(payload) as { endsAt?: Instant | null }).endsAt ?? null }] : [];
  });
  return [{ at: exclusion.startedAt, event: "began", endsAt: null }, ...since];
}

/**
 * What opens the leaves of that history, as far as its salts are there; null when they have none of this reference. What officers decided is
 * not among it: its record says who they are, and cannot be opened in part.
 */
export function loggedStepsOf(database: Transaction, phone: Lineage, reference: string): LoggedStep[] | null {
  return ownedBy(database, phone, reference) ? entriesOf(database, reference).flatMap(loggedStep) : null;
}

function loggedStep(row: AuditRow): LoggedStep[] {
  const { id, at, action, channel, salt, leaf } = row;
  const event = EVENTS[action];
  return event && salt && channel !== "office" ? [{ event, opening: { source: "register", id, at, action, record: recordOf(row), salt }, leaf }] : [];
}

/** Null unless it is of this phone's holder. */
function ownedBy(database: Transaction, phone: Lineage, reference: string): Exclusion | null {
  const exclusion = exclusionByReference(database, reference);
  return exclusion && exclusion.personId === holderOf(database, ownOf(database, phone)) ? exclusion : null;
}
