import type { Lineage } from "../../src/bst/lineage.ts";
import * as exclusions from "../../src/domains/exclusions/index.ts";
import * as roots from "../../src/domains/exclusions/roots/index.ts";
import type { Clock, Instant } from "../../src/kernel/clock.ts";
import type { ObjectDatabase } from "../../src/objects/database.ts";
import { armAlarm } from "../../src/objects/due.ts";
import type { Keeping } from "./keeping.ts";
import type { Push } from "./pushes.ts";

interface ActsParts {
  state: DurableObjectState;
  keeping: Keeping;
  clock: Clock;
  pushes: readonly Push[];
}

/** Done at once, with the database and the present. */
type Verb<Answer> = (database: ObjectDatabase, now: Instant) => Answer;
type VerbOn<Known, Answer> = (known: Known, database: ObjectDatabase, now: Instant) => Answer;

/** How Register does what it is asked: to identifiers by all they are known by, and seeing to what follows. */
export class Acts {
  readonly #parts: ActsParts;

  constructor(parts: ActsParts) {
    this.#parts = parts;
  }

  async carryOut<Answer>(verb: Verb<Answer>): Promise<Answer> {
    const answer = this.published(() => verb(this.#database, this.#parts.clock()));
    await this.arm();
    return answer;
  }

  /** Carries out a command on what its phone is known by. */
  with<Command extends { phone: Lineage }, Answer>(command: Command, verb: VerbOn<Command, Answer>): Promise<Answer> {
    return this.about([command.phone], ([phone], ...present) => verb({ ...command, phone: phone! }, ...present));
  }

  /** Carries out a command on what all its identifiers are known by. */
  withAll<Command extends { identifiers: readonly { p: Lineage }[] }, Answer>(command: Command, verb: VerbOn<Command, Answer>): Promise<Answer> {
    const { identifiers } = command;
    const known = (lineages: readonly Lineage[]) => ({ ...command, identifiers: identifiers.map((one, at) => ({ ...one, p: lineages[at]! })) });
    return this.about(identifiers.map(({ p }) => p), (lineages, ...present) => verb(known(lineages), ...present));
  }

  async about<Answer>(lineages: readonly Lineage[], verb: VerbOn<Lineage[], Answer>): Promise<Answer> {
    const { keeping, clock } = this.#parts;
    const carryOut = (known: Lineage[]): Answer =>
      this.published(() => roots.withPairs(this.#database, known, clock(), () => verb(known, this.#database, clock())));
    const answer = await roots.known(this.#database, keeping.advance, lineages, "write", carryOut);
    await this.arm();
    return answer;
  }

  look<Answer>(lineage: Lineage, look: VerbOn<Lineage, Answer>): Promise<Answer> {
    const { keeping, clock } = this.#parts;
    return roots.known(this.#database, keeping.advance, [lineage], "look", (known) => look(known[0]!, this.#database, clock()));
  }

  /** Does something and sends what it wrote on its way, to the Replicas, to the bucket and to the audit log. */
  published<Answer>(verb: () => Answer): Answer {
    const { state, keeping, pushes } = this.#parts;
    const { seq } = exclusions.logHead(this.#database);
    const answer = verb();
    const rows = exclusions.changesAfter(this.#database, seq);
    if (rows.length > 0) for (const push of pushes) state.waitUntil(push(rows));
    keeping.leave();
    return answer;
  }

  /** Waits for whatever is due next. */
  arm(): Promise<void> {
    return armAlarm(this.#database, this.#parts.state.storage);
  }

  get #database(): ObjectDatabase {
    return this.#parts.keeping.database;
  }
}
