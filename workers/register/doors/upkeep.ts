import type { RecoveryApi } from "../../../src/domains/exclusions/recovery/rpc.ts";
import * as roots from "../../../src/domains/exclusions/roots/index.ts";
import type { RootsApi } from "../../../src/domains/exclusions/roots/rpc.ts";
import { random } from "../../../src/objects/shell.ts";
import type { Asked, Doorway } from "./door.ts";

/** How the register as a whole is moved to a new root, and restored. */
export const Upkeep = <Base extends Doorway>(base: Base) =>
  class extends base implements RecoveryApi, RootsApi {
    async rotateRoot(command: Asked<"rotateRoot">) {
      const { rootEpoch } = await this.keeping.advance(roots.newestRotation(this.keeping.database).to, []);
      return this.acts.carryOut((database, now) => roots.rotateRoot(database, command, rootEpoch, this.settings.epochs, now, random));
    }

    async rotations() {
      return roots.rotations(this.keeping.database, this.settings.epochs);
    }

    async recovery() {
      return this.keeping.status();
    }

    async restoreStep(order: Asked<"restoreStep">) {
      return this.keeping.restoreStep(order);
    }
  };
