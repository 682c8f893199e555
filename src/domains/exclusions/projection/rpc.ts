import type { Outcome } from "../../../audit/entry.ts";
import type { Kind } from "../../../bst/kinds.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Json } from "../../../kernel/canonical-json.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { ListedKey, ListedOperator } from "../../operators/rpc.ts";
import type { Evidence, Exclusion, Standing } from "../model.ts";

/** Something Register did, as its audit log is told of it. */
export interface RegisterChange {
  /** Its place in the order of everything Register did; without gaps. */
  position: number;
  /** UUIDv7; a restored Register may have another entry in the same place. */
  id: string;
  action: string;
  resource: string;
  channel: string;
  at: Instant;
  payload: Json;
  /** Null for a citizen, and for what Register did by itself. */
  actor: Actor | null;
  commandId: string | null;
  outcome: Outcome;
}

/** As the office lists it, with what it concerns. */
export interface ListedChange extends Omit<RegisterChange, "actor" | "commandId" | "outcome"> {
  /** How far the change log was with it; null for what was done before entries said so. */
  sequence: number | null;
}

/** An exclusion as the office lists it: what kinds of identifier it has and how each stands, never which. */
export interface ListedExclusion extends Exclusion {
  identifiers: { kind: Kind; evidence: Evidence; standing: Standing; provisionalUntil: Instant | null; addedAt: Instant }[];
}

/** A page of what Register did, with the rows it concerns as they are now: what is newer than the page is in a later one too. */
export interface ProjectionPage {
  logId: string;
  /** The position of the last change there is. */
  head: number;
  /** The position of the page's last change; what was asked for when there is none after it. */
  position: number;
  /** Register's time when it answered. */
  at: Instant;
  changes: RegisterChange[];
  exclusions: ListedExclusion[];
  operators: ListedOperator[];
  keys: ListedKey[];
}

/** Register, for the office's copy of it. */
export interface ProjectionApi {
  /**
   * What Register did after the position `after`, in order, with what it concerns: at most `limit` changes, 500 and 1 MB. No
   * pseudonym and no identity is in it. Throws as `poll` does when rows were lost.
   */
  projection(after: number, limit: number): Promise<ProjectionPage>;
}
