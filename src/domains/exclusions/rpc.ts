import type { Pseudonym } from "../../bst/kinds.ts";
import type { Lineage } from "../../bst/lineage.ts";
import type { CopyPage, ManifestRef, RegisterPoll, ReplicaPoll } from "../../check/feed.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { OperatorDirectoryApi } from "../operators/rpc.ts";
import type { CanariesApi, RegisterTokensApi } from "../tokens/register-rpc.ts";
import type { EndingApi } from "./ending-rpc.ts";
import type { LoggedStepsApi } from "./history/rpc.ts";
import type { IdentifiersApi } from "./identifiers-rpc.ts";
import type { MeasuresApi } from "./measures-rpc.ts";
import type { PersonsApi } from "./persons-rpc.ts";
import type { ProjectionApi } from "./projection/rpc.ts";
import type { RecoveryApi } from "./recovery/rpc.ts";
import type { RootsApi } from "./roots/rpc.ts";
import type { WhoApi } from "./who-rpc.ts";
import type { HistoryStep, Receipt, RegisterCommand, RegisterResult } from "./model.ts";
import type { Delivery } from "./outbox.ts";

/** The name of the one Register object: one per country. */
export const REGISTER_NAME = "KE";

/** The Register object as other Workers and objects call it. Each method accepts the previous release's shape. */
export interface RegisterApi
  extends OperatorDirectoryApi, RecoveryApi, PersonsApi, IdentifiersApi, EndingApi, LoggedStepsApi, MeasuresApi, ProjectionApi, RootsApi,
    RegisterTokensApi, CanariesApi, WhoApi {
  /** Effective at commit: when this answers, the exclusion is in force. Repeatable by `commandId`. */
  register(command: RegisterCommand): Promise<RegisterResult>;
  /** Lengthens the active exclusion of the phone's holder; never shortens. Repeatable by `commandId`. */
  extend(command: Omit<RegisterCommand, "box" | "identifiers"> & { phone: Lineage }): Promise<RegisterResult>;
  /** Every exclusion of the holder of this proven phone, newest first; empty when there is none. */
  exclusionsOf(phone: Lineage): Promise<Receipt[]>;
  /** What happened to one of these, oldest first; null when it is none of theirs. */
  historyOf(phone: Lineage, reference: string): Promise<HistoryStep[] | null>;
  /**
   * For each pseudonym, of whichever root in use, the persons who proved it theirs in an exclusion, active or ended; most often one or none. Who
   * only typed it is not among them. Throws RangeError when asked for more than 1,000.
   */
  holdersOf(ps: readonly Pseudonym[]): Promise<string[][]>;
  /** Outbox rows nobody has accepted yet, oldest first, lent to the caller for 30 s. */
  undelivered(limit: number): Promise<Delivery[]>;
  /** The rows were accepted and leave Register. */
  delivered(ids: readonly string[]): Promise<void>;
  /**
   * The change log after `after`, for replicas; `logId` is the log the asker's rows are of, `t` the time of its last one.
   * Writes a fence row, so that the answer proves this is still the one. Throws from when an asker proved that rows were
   * lost until they are restored.
   */
  poll(after: number, logId?: string | null, t?: Instant | null): Promise<RegisterPoll>;
  /** The same for an isolate that no Replica answers. Throws when more than 50 a second ask. */
  pollByIsolate(after: number, logId?: string | null): Promise<ReplicaPoll>;
  /** Throws as `poll` does. The whole set in pages by pseudonym, for a replica that cannot follow from the log's beginning; empty after the last. */
  copy(after: Pseudonym | null): Promise<CopyPage>;
  /** A published snapshot becomes part of the log. Ignored unless it is newer than the one announced, and of this log. */
  announce(manifest: ManifestRef, logId?: string | null): Promise<void>;
}
