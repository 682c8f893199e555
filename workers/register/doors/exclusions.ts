import type { Lineage } from "../../../src/bst/lineage.ts";
import * as exclusions from "../../../src/domains/exclusions/index.ts";
import type { EndingApi } from "../../../src/domains/exclusions/ending-rpc.ts";
import type { LoggedStepsApi } from "../../../src/domains/exclusions/history/rpc.ts";
import type { RegisterApi } from "../../../src/domains/exclusions/rpc.ts";
import { random } from "../../../src/objects/shell.ts";
import type { Asked, Doorway } from "./door.ts";

/** What somebody does to their own exclusion, and reads of it. */
export const Exclusions = <Base extends Doorway>(base: Base) =>
  class extends base implements EndingApi, LoggedStepsApi, Pick<RegisterApi, "register" | "extend" | "exclusionsOf" | "historyOf"> {
    async register(command: Asked<"register">) {
      return this.acts.withAll(command, (known, database, now) => exclusions.register(database, known, now, random, this.settings.exclusion));
    }

    async extend(command: Asked<"extend">) {
      return this.acts.with(command, (known, database, now) => exclusions.extend(database, known, now, random, this.settings.exclusion));
    }

    async askToEnd(command: Asked<"askToEnd">) {
      return this.acts.with(command, (known, database, now) => exclusions.askToEnd(database, known, now, random, this.settings.ending));
    }

    async confirmEnding(command: Asked<"confirmEnding">) {
      return this.acts.with(command, (known, database, now) => exclusions.confirmEnding(database, known, now, random, this.settings.ending));
    }

    async keep(command: Asked<"keep">) {
      return this.acts.with(command, (known, database, now) => exclusions.keep(database, known, now, random, this.settings.ending));
    }

    async exclusionsOf(phone: Lineage) {
      return this.acts.look(phone, (known, database, now) => exclusions.exclusionsOf(database, known, now));
    }

    async historyOf(phone: Lineage, reference: string) {
      return this.acts.look(phone, (known, database) => exclusions.historyOf(database, known, reference));
    }

    async loggedStepsOf(phone: Lineage, reference: string) {
      return this.acts.look(phone, (known, database) => exclusions.loggedStepsOf(database, known, reference));
    }
  };
