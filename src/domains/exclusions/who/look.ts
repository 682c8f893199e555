import { toHex } from "../../../kernel/bytes.ts";
import type { Transaction } from "../../../objects/database.ts";
import { ownUnder } from "../roots/own.ts";
import { inForce, isInForce } from "../rules.ts";
import { exclusionByReference, exclusionsOfPerson, identifiersOfPerson, statementsInForce } from "../store.ts";
import type { CrossReference, Linked, Salvaged, Statement, WhoApi } from "../who-rpc.ts";
import { crossReferenceAt as rowAt, crossReferencesPage, salvagedPage } from "./pages/store.ts";
import { kindOf, retirementsOf, statementsOf } from "./store.ts";

/** Null when no exclusion has the reference. */
export function linkedTo(database: Transaction, reference: string): Linked | null {
  const exclusion = exclusionByReference(database, reference);
  if (!exclusion) return null;
  const { personId } = exclusion;
  const distinct = new Map(identifiersOfPerson(database, personId).map(({ p, kind }) => [toHex(p), { p, kind }]));
  const identifiers = [...distinct.values()].map(({ p, kind }) =>
    ({ p, kind, statements: statementsOf(database, p), retiredAt: retirementsOf(database, p) }));
  return { personId, excluded: exclusionsOfPerson(database, personId).some(({ state }) => isInForce(state)), identifiers };
}

/** Where the identifier is held, or dropped off, it excludes nobody. */
export function excludedBy(database: Transaction, known: Parameters<WhoApi["excludedBy"]>[0]): Statement[] {
  const own = ownUnder(database, known);
  const covering = new Set(statementsInForce(database, own).filter(({ standing }) => inForce(standing)).map(({ exclusion }) => exclusion.reference));
  return statementsOf(database, own).filter(({ reference }) => covering.has(reference));
}

export const crossReferences = (database: Transaction, page: Parameters<WhoApi["crossReferences"]>[0]): CrossReference[] =>
  crossReferencesPage(database, page).map((row) => withReferences(database, row));

export function crossReferenceAt(database: Transaction, position: number): CrossReference | null {
  const row = rowAt(database, position);
  return row && withReferences(database, row);
}

export const salvaged = (database: Transaction, page: Parameters<WhoApi["salvaged"]>[0]): Salvaged[] => salvagedPage(database, page);

function withReferences(database: Transaction, row: ReturnType<typeof crossReferencesPage>[number]): CrossReference {
  const statements = statementsOf(database, row.p);
  const of = (personId: string) => statements.filter((statement) => statement.personId === personId).map(({ reference }) => reference);
  return { ...row, kind: kindOf(database, row.p), references: of(row.personId), otherReferences: of(row.otherPersonId) };
}
