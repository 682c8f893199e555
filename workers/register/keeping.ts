import { AuditDrain } from "../../src/audit/drain.ts";
import { auditOutbox } from "../../src/audit/outbox.ts";
import { LOG_NAME } from "../../src/audit/rpc.ts";
import { parseRegions } from "../../src/check/places.ts";
import { within } from "../../src/check/regions.ts";
import * as exclusions from "../../src/domains/exclusions/index.ts";
import * as restoration from "../../src/domains/exclusions/recovery/index.ts";
import type { Advance } from "../../src/domains/exclusions/roots/index.ts";
import { RETIRE_TASK } from "../../src/domains/operators/epochs.ts";
import { applyDirectoryRow, mergeDirectory } from "../../src/domains/operators/restore.ts";
import { mergeCanaries } from "../../src/domains/tokens/register/canaries.ts";
import { type Clock, type Instant, MINUTE } from "../../src/kernel/clock.ts";
import type { ObjectDatabase } from "../../src/objects/database.ts";
import { armAlarm } from "../../src/objects/due.ts";
import { soon } from "../../src/objects/recovery/r2.ts";
import type { RecoveryParts } from "../../src/objects/recovery/ship.ts";
import { Shipping } from "../../src/objects/recovery/shipping.ts";
import { random } from "../../src/objects/shell.ts";
import type { Environment } from "./environment.ts";
import { recoveryOf } from "./recovery.ts";

const DESTROYED = "this Register was destroyed and has to be restored";
const RESTORING = "this Register is being restored";
/** The bucket is given so long to say whether it holds more than this storage. */
const LOOK_MS = 500;
const TOKENIZER_DEADLINE_MS = 1_000;

export type Report = (message: string, facts: Record<string, string | number>) => void;

interface KeepingParts {
  state: DurableObjectState;
  env: Environment;
  database: ObjectDatabase;
  clock: Clock;
  report: Report;
}

/** Register's storage: given out only while it holds the register, and kept so that it can be restored. */
export class Keeping {
  readonly #state: DurableObjectState;
  readonly #env: Environment;
  readonly #database: ObjectDatabase;
  readonly #recovery: RecoveryParts;
  readonly #report: Report;
  readonly shipping: Shipping;
  readonly telling: AuditDrain;
  /** The tokenizer's, with a deadline. */
  readonly advance: Advance = (...asked) => within(this.#env.TOKENIZER.advance(...asked), TOKENIZER_DEADLINE_MS, (ms) => scheduler.wait(ms));
  /** Why nothing is answered from this storage; null while it holds the register. */
  #refusal: string | null = null;
  #stepping = false;
  #looked: Promise<void> | null = null;

  constructor(parts: KeepingParts) {
    this.#state = parts.state;
    this.#env = parts.env;
    this.#database = parts.database;
    this.#report = parts.report;
    this.#recovery = recoveryOf(parts.database, parts.env, parts.state.id.name!, parts.clock);
    this.shipping = new Shipping({
      recovery: this.#recovery,
      wait: (ms) => scheduler.wait(ms),
      waitUntil: (promise) => this.#state.waitUntil(promise),
      isLost: () => this.refused || exclusions.lostUpTo(this.#database) !== null,
      lose: () => this.#lose(),
      report: parts.report,
    });
    this.telling = new AuditDrain({
      source: "register",
      database: () => this.#database,
      outbox: (database) => auditOutbox(database, random),
      log: () => this.#env.AUDIT_LOG.getByName(LOG_NAME),
      clock: parts.clock,
      waitUntil: (promise) => this.#state.waitUntil(promise),
      report: parts.report,
    });
  }

  /** After a commit: what it changed leaves for the bucket, and what it did for the audit log. */
  leave(): void {
    this.shipping.leave();
    this.telling.leave();
  }

  /** Throws while this storage does not hold the register. */
  get database(): ObjectDatabase {
    if (this.#refusal) throw new Error(this.#refusal);
    return this.#database;
  }

  get refused(): boolean {
    return this.#refusal !== null;
  }

  /**
   * A storage without a log is a new register's or one that was destroyed: the bucket knows which. Of the second nothing is
   * answered, for an empty set would clear everybody. Throws when the bucket cannot be asked, and is then begun again.
   */
  async begin(): Promise<void> {
    if (restoration.isRestoring(this.#database)) this.#refusal = RESTORING;
    else if (!(await this.shipping.begin(!exclusions.hasLog(this.#database)))) this.#refusal = DESTROYED;
    if (this.#refusal) return this.#state.storage.setAlarm(this.#recovery.clock());
    exclusions.beginLog(this.#database, random);
    this.leave();
    await armAlarm(this.#database, this.#state.storage);
  }

  /** Says again and again why nothing is answered. */
  async cryOut(): Promise<void> {
    this.#report(this.#refusal!, {});
    await this.#state.storage.setAlarm(this.#recovery.clock() + MINUTE);
  }

  /** Once, before anything is vouched for: whether a later self left rows in the bucket, or with a Replica that can be asked. */
  lookAhead(): Promise<void> {
    return (this.#looked ??= Promise.all([this.shipping.lookAhead(LOOK_MS), this.#askReplicas()]).then(() => undefined));
  }

  async #askReplicas(): Promise<void> {
    const late = scheduler.wait(LOOK_MS).then(() => false);
    const asked = this.#replicas().map(({ kept }) => Promise.race([this.#isBehind(kept), late]).catch(() => false));
    if ((await Promise.all(asked)).includes(true)) this.#lose();
  }

  /** What is committed meanwhile reaches Replicas too, so the own log is read after the answer. */
  async #isBehind(kept: (after: number) => Promise<{ logId: string | null; seq: number }>): Promise<boolean> {
    const held = await kept(exclusions.logHead(this.#database).seq);
    const { logId, seq } = exclusions.logHead(this.#database);
    return held.logId === logId && held.seq > seq;
  }

  /** `stopped` is why the last step could not be done. */
  status(stopped: string | null = null): restoration.RecoveryStatus {
    const [state, database] = [this.#condition(), this.#database];
    const report = state === "in-order" ? restoration.lastReport(database) : null;
    const lagMs = this.refused ? null : this.shipping.lag();
    return { state, lagMs, progress: restoration.progressOf(database), stopped, report };
  }

  async restoreStep(order: restoration.RestoreOrder): Promise<restoration.RecoveryStatus> {
    if (this.#condition() === "in-order") return this.status();
    if (this.#stepping) return this.status("another step is under way");
    this.#stepping = true;
    try {
      await this.#restoreStep(order);
      return this.status();
    } catch (error) {
      return this.status(error instanceof Error ? error.message : String(error));
    } finally {
      this.#stepping = false;
    }
  }

  async #restoreStep(order: restoration.RestoreOrder): Promise<void> {
    this.#refusal = RESTORING;
    const replicas = this.#replicas();
    const merge = (database: ObjectDatabase, now: Instant): void => {
      mergeDirectory(database, now);
      mergeCanaries(database, now);
    };
    const directory = { merge, apply: applyDirectoryRow, tasks: [RETIRE_TASK] };
    const parts = { recovery: this.#recovery, random, replicas, directory, advance: this.advance };
    if (!restoration.isRestoring(this.#database)) restoration.beginRestoring(parts);
    if (!(await restoration.restoreStep(parts, order))) return;
    this.#refusal = null;
    await this.begin();
  }

  #replicas() {
    const { REGIONS, REPLICA } = this.#env;
    return parseRegions(REGIONS).flat().map(({ name, region }) => {
      const stub = REPLICA.getByName(name, { locationHint: region });
      return { name, kept: (after: number) => soon(stub.kept(after)) };
    });
  }

  #condition(): restoration.RecoveryState {
    if (this.#refusal) return this.#refusal === DESTROYED ? "destroyed" : "restoring";
    return exclusions.lostUpTo(this.#database) === null ? "in-order" : "rows-lost";
  }

  /** The bucket holds what this storage does not. */
  #lose(): void {
    // Whoever asked may answer only after the storage was given up for lost, which says it all.
    if (this.refused) return;
    const { seq } = exclusions.logHead(this.#database);
    if (!exclusions.markLost(this.#database, seq, this.#recovery.clock())) return;
    this.#state.waitUntil(armAlarm(this.#database, this.#state.storage));
  }
}
