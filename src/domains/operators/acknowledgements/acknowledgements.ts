import type { Pseudonym } from "../../../bst/kinds.ts";
import type { Clock, Instant, Random } from "../../../kernel/clock.ts";
import type { ObjectDatabase } from "../../../objects/database.ts";
import { readPosition } from "../feed/store.ts";
import { acknowledge } from "./acknowledge.ts";
import { beginningOf } from "./beginning.ts";
import type { Terms } from "./model.ts";
import { overdue } from "./overdue.ts";
import { propagated } from "./propagated.ts";
import type { AcknowledgementBatch, AcknowledgementsApi } from "./rpc.ts";
import { standing } from "./standing.ts";

export interface AcknowledgementParts {
  database: ObjectDatabase;
  /** Numbers everything that happened by now. Throws while nobody can say what that is. */
  catchUp: () => Promise<void>;
  /** After a commit that the audit has an entry of. */
  committed: () => void;
  operator: () => string;
  terms: () => Terms;
  clock: Clock;
  random: Random;
}

/** An operator's feed, as what it said of its events is asked and told: nothing is answered from a feed that cannot be brought up to date. */
export class Acknowledgements implements AcknowledgementsApi {
  readonly #parts: AcknowledgementParts;

  constructor(parts: AcknowledgementParts) {
    this.#parts = parts;
  }

  /** Who was just excluded may have been found by a check before the feed had heard of it. */
  async acknowledge(batch: AcknowledgementBatch) {
    const { database, catchUp, committed, operator, clock, random } = this.#parts;
    if (batch.acknowledgements.some(({ ps }) => beginningOf(database, ps) === null)) await catchUp();
    const answer = acknowledge(database, operator(), batch, clock(), random);
    committed();
    return answer;
  }

  async overdue() {
    const { database, catchUp, terms, clock } = this.#parts;
    await catchUp();
    return overdue(database, terms(), clock());
  }

  async standing(from: Instant, to: Instant) {
    const { database, catchUp, terms, clock } = this.#parts;
    await catchUp();
    return standing(database, readPosition(database)!.head, terms(), [from, to], clock());
  }

  async propagated(ps: readonly Pseudonym[], from: Instant, until: Instant) {
    await this.#parts.catchUp();
    return propagated(this.#parts.database, ps, [from, until]);
  }
}
