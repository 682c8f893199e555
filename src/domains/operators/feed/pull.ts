import type { Kind } from "../../../bst/kinds.ts";
import type { Change, ReplicaApi } from "../../../check/feed.ts";
import type { Random } from "../../../kernel/clock.ts";
import type { ObjectDatabase } from "../../../objects/database.ts";
import { readPosition } from "./store.ts";
import { type Rows, take, type Taken } from "./take.ts";

/** The task that pulls though nobody poked. */
export const PULL_TASK = "pull";

/** More than a Replica keeps in pages of thousands. */
const MOST_PAGES = 1_000;

export interface PullerParts {
  database: ObjectDatabase;
  operator: string;
  /** The nearest first; each has a deadline and throws when it passes. */
  replicas: readonly Pick<ReplicaApi, "first" | "poll">[];
  random: Random;
  /** Hears that what the operator's tokens are sealed in may have changed. */
  rotated: () => void;
}

const isOfTokens = (row: Change, operator: string): boolean =>
  (row.type === "epoch" && row.epoch.operator === operator) || (row.type === "generation" && row.generation.operator === operator);

/** Reads Register's log from Replicas, one pull at a time however many ask for it. */
export class Puller {
  readonly #parts: PullerParts;
  #pulling: Promise<void> | null = null;

  constructor(parts: PullerParts) {
    this.#parts = parts;
  }

  /** Numbers everything a Replica holds now. Throws when none answers, or each holds less than is here. */
  catchUp(): Promise<void> {
    return (this.#pulling ??= this.#pull().finally(() => (this.#pulling = null)));
  }

  /** Numbers rows that somebody brought, and asks for those that are missing. Throws as `catchUp`. */
  async takeOrPull(rows: Rows): Promise<Taken> {
    const taken = readPosition(this.#parts.database) ? this.#take(rows, null) : "gap";
    if (taken === "more" || taken === "gap") await this.catchUp();
    return taken;
  }

  #take(rows: Rows, required: Kind[] | null): Taken {
    const { database, operator, random, rotated } = this.#parts;
    const before = readPosition(database);
    const taken = take(database, operator, rows, random, required);
    if (rows.logId !== before?.logId || rows.rows.some((row) => row.seq > before.seq && isOfTokens(row, operator))) rotated();
    return taken;
  }

  async #pull(): Promise<void> {
    let failure: unknown = new Error("no region is configured");
    for (const replica of this.#parts.replicas) {
      try {
        return await this.#pullFrom(replica);
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  async #pullFrom(replica: Pick<ReplicaApi, "first" | "poll">): Promise<void> {
    const { database } = this.#parts;
    for (let page = 0; page < MOST_PAGES; page++) {
      const at = readPosition(database);
      const required = at ? null : await this.#required(replica);
      const taken = this.#take(await replica.poll(at?.seq ?? Number.MAX_SAFE_INTEGER, at?.logId ?? null), required);
      if (taken === "complete") return;
      if (taken !== "more") throw new Error(`the Replica's rows do not follow: ${taken}`);
    }
    throw new Error("the log has no end");
  }

  /** What the operator's licence requires as the feed begins; null where the Replica has not heard of the operator yet. */
  async #required(replica: Pick<ReplicaApi, "first">): Promise<Kind[] | null> {
    const { operator } = this.#parts;
    const { directory } = await replica.first({ keyHash: "", operator, asked: [] });
    return directory.operators.find(({ id }) => id === operator)?.requiredKinds ?? null;
  }
}
