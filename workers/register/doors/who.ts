import type { WhoApi } from "../../../src/domains/exclusions/who-rpc.ts";
import * as who from "../../../src/domains/exclusions/who/index.ts";
import type { Asked, Doorway } from "./door.ts";

/** Who is behind tokens and exclusions. */
export const Who = <Base extends Doorway>(base: Base) =>
  class extends base implements WhoApi {
    async noteIssued(issued: Asked<"noteIssued">) {
      return this.acts.carryOut((database, now) => who.noteIssued(database, issued, now));
    }

    async noteChecked(checked: Asked<"noteChecked">) {
      return this.acts.carryOut((database) => who.noteChecked(database, checked));
    }

    async watchHoldings(personId: string, wanted: boolean) {
      return this.acts.carryOut((database, now) => who.watchHoldings(database, personId, wanted, now));
    }

    async tokenHoldings(personId: string) {
      return who.tokenHoldings(this.keeping.database, personId);
    }

    async linkedTo(reference: string) {
      return who.linkedTo(this.keeping.database, reference);
    }

    async excludedBy(known: Asked<"excludedBy">) {
      return who.excludedBy(this.keeping.database, known);
    }

    async crossReferences(page: Asked<"crossReferences">) {
      return who.crossReferences(this.keeping.database, page);
    }

    async crossReferenceAt(position: number) {
      return who.crossReferenceAt(this.keeping.database, position);
    }

    async salvaged(page: Asked<"salvaged">) {
      return who.salvaged(this.keeping.database, page);
    }
  };
