import type { Opening } from "../../../audit/receipt.ts";
import type { Lineage } from "../../../bst/lineage.ts";
import type { HistoryEvent } from "../model.ts";

/** A step in an exclusion's history, and what opens its leaf in the audit log. */
export interface LoggedStep {
  event: HistoryEvent;
  opening: Opening;
  /** Its place in the log; null while the log has yet to be told. */
  leaf: number | null;
}

export interface LoggedStepsApi {
  /** What the log was told of one of the exclusions of this proven phone's holder, oldest first, without what officers decided; null when it is none of theirs. */
  loggedStepsOf(phone: Lineage, reference: string): Promise<LoggedStep[] | null>;
}
