import type { Lineage } from "../../../src/bst/lineage.ts";
import type { MeasuresApi } from "../../../src/domains/exclusions/measures-rpc.ts";
import * as measures from "../../../src/domains/exclusions/measures/index.ts";
import { random } from "../../../src/objects/shell.ts";
import type { Asked, Doorway } from "./door.ts";

/** What officers decide about exclusions. */
export const Measures = <Base extends Doorway>(base: Base) =>
  class extends base implements MeasuresApi {
    async impose(command: Asked<"impose">) {
      return this.acts.withAll(command, (known, database, now) => measures.impose(database, known, now, random));
    }

    async uphold(command: Asked<"uphold">) {
      return this.acts.carryOut((database, now) => measures.uphold(database, command, now, random));
    }

    async dismiss(command: Asked<"dismiss">) {
      return this.acts.carryOut((database, now) => measures.dismiss(database, command, now, random));
    }

    async review(command: Asked<"review">) {
      return this.acts.carryOut((database, now) => measures.review(database, command, now, random));
    }

    async lengthenTo(command: Asked<"lengthenTo">) {
      return this.acts.carryOut((database, now) => measures.lengthenTo(database, command, now, random));
    }

    async beginAnnulment(command: Asked<"beginAnnulment">) {
      return this.acts.carryOut((database, now) => measures.beginAnnulment(database, command, now, random, this.settings.annulmentHours));
    }

    async stopAnnulment(command: Asked<"stopAnnulment">) {
      return this.acts.carryOut((database, now) => measures.stopAnnulment(database, command, now, random));
    }

    async annulDocument(command: Asked<"annulDocument">) {
      return this.acts.about([command.p], ([p], database, now) => measures.annulDocument(database, { ...command, p: p! }, now, random));
    }

    async statedIn(p: Lineage) {
      return this.acts.look(p, (known, database) => measures.statedIn(database, known));
    }

    async byReference(reference: string) {
      return measures.byReference(this.keeping.database, reference, this.now());
    }
  };
