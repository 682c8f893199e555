import type { ReplicaApi } from "../../../check/feed.ts";
import type { Random } from "../../../kernel/clock.ts";
import type { ObjectDatabase } from "../../../objects/database.ts";
import { readPosition } from "./store.ts";
import { take } from "./take.ts";

/** The task that pulls though nobody poked. */
export const PULL_TASK = "pull";

/** More than a Replica keeps in pages of thousands. */
const MOST_PAGES = 1_000;

export interface PullerParts {
  database: ObjectDatabase;
  operator: string;
  /** The nearest first; each has a deadline and throws when it passes. */
  replicas: readonly Pick<ReplicaApi, "poll">[];
  random: Random;
}

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

  async #pullFrom(replica: Pick<ReplicaApi, "poll">): Promise<void> {
    const { database, operator, random } = this.#parts;
    for (let page = 0; page < MOST_PAGES; page++) {
      const at = readPosition(database);
      const taken = take(database, operator, await replica.poll(at?.seq ?? Number.MAX_SAFE_INTEGER, at?.logId ?? null), random);
      if (taken === "complete") return;
      if (taken !== "more") throw new Error(`the Replica's rows do not follow: ${taken}`);
    }
    throw new Error("the log has no end");
  }
}
