import type { Pseudonym } from "../../../src/bst/kinds.ts";
import type { ManifestRef } from "../../../src/check/feed.ts";
import * as exclusions from "../../../src/domains/exclusions/index.ts";
import type { ProjectionApi } from "../../../src/domains/exclusions/projection/rpc.ts";
import type { RegisterApi } from "../../../src/domains/exclusions/rpc.ts";
import { listedRows } from "../../../src/domains/operators/directory.ts";
import type { Instant } from "../../../src/kernel/clock.ts";
import { TokenBucket } from "../../../src/kernel/token-bucket.ts";
import { setDueOnce } from "../../../src/objects/due.ts";
import { COMPACT_TASK } from "../tasks.ts";
import type { Doorway } from "./door.ts";

/** Register is the last resort of isolates: what it admits must leave it free for those who exclude themselves. */
const ISOLATE_POLLS_A_SECOND = 50;

type Fed = "undelivered" | "delivered" | "poll" | "pollByIsolate" | "copy" | "announce";

/** What leaves Register: deliveries to vaults, the change log to Replicas, and what it did to the office. */
export const Feed = <Base extends Doorway>(base: Base) =>
  class extends base implements ProjectionApi, Pick<RegisterApi, Fed> {
    readonly #admission = new TokenBucket(ISOLATE_POLLS_A_SECOND);

    async undelivered(limit: number) {
      return exclusions.lend(this.keeping.database, limit, this.now());
    }

    async delivered(ids: readonly string[]) {
      exclusions.settle(this.keeping.database, ids);
      this.keeping.shipping.leave();
      await this.acts.arm();
    }

    async poll(after: number, logId: string | null = null, t: Instant | null = null) {
      await this.keeping.lookAhead();
      if (logId) await this.#hear({ logId, seq: after, t });
      return exclusions.poll(this.keeping.database, after, this.now());
    }

    async pollByIsolate(after: number, logId?: string | null) {
      if (!this.#admission.take(this.now())) throw new Error("more isolates ask than Register admits");
      return { ...(await this.poll(after, logId)), age: 0 };
    }

    async copy(after: Pseudonym | null) {
      await this.keeping.lookAhead();
      return exclusions.copy(this.keeping.database, after);
    }

    async announce(manifest: ManifestRef, logId: string | null = null) {
      setDueOnce(this.keeping.database, COMPACT_TASK, this.now());
      return this.acts.carryOut((database, now) => exclusions.announce(database, manifest, logId, now));
    }

    async projection(after: number, limit: number) {
      await this.keeping.lookAhead();
      return exclusions.projection(this.keeping.database, listedRows, after, limit, this.now());
    }

    async #hear(copy: exclusions.Reach): Promise<void> {
      if (exclusions.hear(this.keeping.database, copy, this.now())) await this.acts.arm();
    }
  };
