import type { Lineage } from "../../../src/bst/lineage.ts";
import type { CanariesApi, RegisterTokensApi } from "../../../src/domains/tokens/register-rpc.ts";
import * as canaries from "../../../src/domains/tokens/register/canaries.ts";
import { random } from "../../../src/objects/shell.ts";
import type { Asked, Doorway } from "./door.ts";

/** What watches over those who make tokens. */
export const Canaries = <Base extends Doorway>(base: Base) =>
  class extends base implements CanariesApi, RegisterTokensApi {
    async excludedCount() {
      return canaries.excludedCount(this.keeping.database);
    }

    async canariesAmong(ps: readonly Lineage[]) {
      return canaries.canariesAmong(this.keeping.database, ps);
    }

    async putCanary(canary: Asked<"putCanary">) {
      return this.acts.about([canary.p], ([p], database, now) => canaries.putCanary(database, { ...canary, p: p! }, now, random));
    }

    async removeCanary(id: string) {
      return this.acts.carryOut((database, now) => canaries.removeCanary(database, id, now, random));
    }
  };
