import type { Pseudonym } from "../../../src/bst/kinds.ts";
import type { Lineage } from "../../../src/bst/lineage.ts";
import * as exclusions from "../../../src/domains/exclusions/index.ts";
import type { IdentifiersApi } from "../../../src/domains/exclusions/identifiers-rpc.ts";
import type { PersonsApi } from "../../../src/domains/exclusions/persons-rpc.ts";
import { ownOf } from "../../../src/domains/exclusions/roots/index.ts";
import type { RegisterApi } from "../../../src/domains/exclusions/rpc.ts";
import { random } from "../../../src/objects/shell.ts";
import type { Asked, Doorway } from "./door.ts";

/** Whose an identifier is, and for how long that is known. */
export const Persons = <Base extends Doorway>(base: Base) =>
  class extends base implements IdentifiersApi, PersonsApi, Pick<RegisterApi, "holdersOf"> {
    async confirm(command: Asked<"confirm">) {
      return this.acts.about([command.p], ([p], database, now) => exclusions.confirm(database, { ...command, p: p! }, now, random));
    }

    async releasePhone(command: Asked<"releasePhone">) {
      return this.acts.about([command.phone, command.document.p], ([phone, p], database, now) => {
        const known = { ...command, phone: phone!, document: { ...command.document, p: p! } };
        return exclusions.releasePhone(database, known, now, random, this.settings.recycledDays);
      });
    }

    async holderOf(phone: Lineage) {
      return this.acts.look(phone, (known, database) => exclusions.holderOf(database, ownOf(database, known)));
    }

    async holdingOf(phone: Lineage) {
      return this.acts.look(phone, (known, database) => exclusions.holdingOf(database, ownOf(database, known)));
    }

    async holdersOf(ps: readonly Pseudonym[]) {
      return exclusions.holdersOf(this.keeping.database, ps);
    }

    async forget(personId: string) {
      return this.acts.carryOut((database, now) => exclusions.forget(database, personId, now, random));
    }

    async personsAfter(after: string, limit: number) {
      return exclusions.personsAfter(this.keeping.database, after, limit);
    }
  };
