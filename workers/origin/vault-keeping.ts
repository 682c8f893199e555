import migrations from "../../migrations/person/migrations.js";
import { AuditDrain } from "../../src/audit/drain.ts";
import { auditOutbox, keepUntold, type Outbox, stillUntold, untoldOutbox } from "../../src/audit/outbox.ts";
import type { AuditLogApi } from "../../src/audit/rpc.ts";
import type { NumberedKeys } from "../../src/bst/key-config.ts";
import type { Beginning } from "../../src/domains/users/holdings/model.ts";
import { JOURNALED } from "../../src/domains/users/holdings/store.ts";
import { beginVault, type BeginParts, takeBack } from "../../src/domains/users/recovery/begin.ts";
import { shredVault } from "../../src/domains/users/store.ts";
import { type Clock, DAY, SECOND } from "../../src/kernel/clock.ts";
import { type ObjectDatabase, openDatabase } from "../../src/objects/database.ts";
import { armAlarm, setDue, type Tasks } from "../../src/objects/due.ts";
import { everything } from "../../src/objects/recovery/bucket.ts";
import { leaveSoon, SHIP_TASK, shipGathered } from "../../src/objects/recovery/gathered.ts";
import { bucketOf } from "../../src/objects/recovery/r2.ts";
import { Forked } from "../../src/objects/recovery/ship.ts";
import { errorFacts, random } from "../../src/objects/shell.ts";
import type { Envelope } from "../../src/sealing/envelope.ts";

const ERASED = "erased";
const DELETE_COPIES_TASK = "delete-copies";
/** What was on its way to the bucket has arrived by then, or has failed. */
const ONCE_MORE_AFTER = 10 * SECOND;

interface KeepingParts {
  state: DurableObjectState;
  vaults: R2Bucket;
  log: () => Pick<AuditLogApi, "append">;
  keys: NumberedKeys;
  envelope: Envelope;
  clock: Clock;
  report: (message: string, facts: Record<string, string | number>) => void;
}

/** Of a vault that was erased, what it could not tell before. */
const outboxOf = (database: ObjectDatabase): Outbox => (untoldOutbox(database).oldest() === null ? auditOutbox(database, random) : untoldOutbox(database));

/** A vault's storage: read back when it was lost, on its way to the bucket when it changed, gone for good when it is erased. */
export class VaultKeeping {
  readonly #parts: KeepingParts;
  #opened: ObjectDatabase | null;
  readonly #telling: AuditDrain;
  #begun: Promise<Beginning> | null = null;

  constructor(parts: KeepingParts) {
    this.#parts = parts;
    this.#opened = openDatabase(parts.state, migrations);
    const { log, clock, report, state } = parts;
    this.#telling = new AuditDrain({
      source: "vault", database: () => this.database, outbox: outboxOf, log, clock, report, waitUntil: (promise) => state.waitUntil(promise),
    });
  }

  /** Opened anew after the object emptied itself. */
  get database(): ObjectDatabase {
    return (this.#opened ??= openDatabase(this.#parts.state, migrations));
  }

  get tasks(): Tasks {
    return {
      [SHIP_TASK]: () => this.#ship(),
      [DELETE_COPIES_TASK]: (now) => this.#deleteCopies().then(() => null, (error) => this.#locked(error, now)),
      ...this.#telling.tasks,
    };
  }

  /** Before anything is done with the vault; asked again when the bucket did not answer. */
  begin(): Promise<Beginning> {
    return this.#keep(() => beginVault(this.#recovery));
  }

  /** After a change: it leaves for the bucket soon and for the audit log at once, and what is due is waited for. */
  async settle(): Promise<void> {
    if ((await this.begin()) === "erased") return this.#vanish();
    leaveSoon(this.database, this.#parts.clock());
    this.#telling.leave();
    await armAlarm(this.database, this.#parts.state.storage);
  }

  /**
   * The mark in the bucket first, so that whatever fails afterwards, no copy makes the vault again. Then the data key, overwritten, and the
   * storage as a whole, for deleted rows linger in a database's free pages. What the audit log cannot be told before is kept as commitments, which
   * nobody can open without the salts that go. Copies go at once, and once more a little later, for a segment may have been on its way.
   */
  async erase(): Promise<void> {
    const { clock, state } = this.#parts;
    await this.begin().catch(() => {});
    await this.#marks.putNew(this.#personId, new Uint8Array());
    this.#begun = Promise.resolve("erased");
    await this.#telling.finish();
    const untold = stillUntold(outboxOf(this.database));
    this.database.transaction((transaction) => shredVault(transaction, clock()));
    await this.#empty();
    keepUntold(this.database, untold);
    this.#telling.leave();
    setDue(this.database, DELETE_COPIES_TASK, clock() + ONCE_MORE_AFTER);
    await armAlarm(this.database, state.storage);
    await this.#deleteCopies().catch((error) => this.#locked(error, clock()));
  }

  get #personId(): string {
    return this.#parts.state.id.name!;
  }

  get #marks() {
    return bucketOf(this.#parts.vaults, ERASED);
  }

  get #recovery(): BeginParts {
    const { vaults, keys, envelope, clock } = this.#parts;
    const isErased = async () => (await this.#marks.get(this.#personId)) !== null;
    return { database: this.database, tables: JOURNALED, bucket: bucketOf(vaults, this.#personId), keys, envelope, clock, random, isErased };
  }

  #keep(beginning: () => Promise<Beginning>): Promise<Beginning> {
    const begun = (this.#begun ??= beginning());
    begun.catch(() => (this.#begun = null));
    return begun;
  }

  async #ship() {
    try {
      return await shipGathered(this.#recovery);
    } catch (error) {
      if (!(error instanceof Forked)) throw error;
      this.#parts.report("a vault's storage went back; it is read back from the bucket", {});
      this.#begun = null;
      await this.#keep(() => takeBack(this.#recovery));
      return this.#parts.clock();
    }
  }

  async #deleteCopies(): Promise<void> {
    const { bucket } = this.#recovery;
    const keys = (await everything(bucket, "")).map(({ key }) => key);
    if (keys.length > 0) await bucket.delete(keys);
  }

  /** With the last copy the object itself goes. */
  async #vanish(): Promise<void> {
    const { storage } = this.#parts.state;
    await armAlarm(this.database, storage);
    if ((await storage.getAlarm()) !== null) return;
    await this.#empty();
  }

  async #empty(): Promise<void> {
    this.#opened = null;
    await this.#parts.state.storage.deleteAll();
  }

  /** A copy the bucket's lock still keeps, or a bucket that is away. */
  #locked(error: unknown, now: number): number {
    this.#parts.report("copies of an erased vault are still in the bucket", errorFacts(error));
    return now + DAY;
  }
}
