import type { CrossReference, Paged, Salvaged } from "../../src/domains/exclusions/who-rpc.ts";
import { pseudonym } from "./register.ts";

/** Register's pages of rows that are ordered by an instant and, within it, by their places. */
const pageBy = <Row extends { position: number }>(rows: readonly Row[], atOf: (row: Row) => number, { sort, after, limit }: Paged<string>): Row[] => {
  const direction = sort.startsWith("-") ? -1 : 1;
  const order = (row: Row, [at, position]: readonly number[]) => direction * (atOf(row) - at! || row.position - position!);
  const sorted = rows.toSorted((one, other) => order(one, [atOf(other), other.position]));
  return sorted.filter((row) => !after || order(row, after) > 0).slice(0, limit);
};

/** Two persons who met over a document. */
export const meeting = (position: number, at = position): CrossReference =>
  ({ position, at, p: pseudonym(position), mark: null, personId: "a", otherPersonId: "b", kind: "national_id", references: ["ref-a"], otherReferences: ["ref-b"] });

export const left = (position: number, salvagedAt: number): Salvaged => ({ position, salvagedAt, p: pseudonym(position), logId: "lost", seq: 7, t: 3 });

/** What of Register's is paged, over rows that a test has and may add to. */
export const pagedRegister = (rows: { meetings: readonly CrossReference[]; salvaged: readonly Salvaged[] }) => ({
  crossReferences: async (page: Paged<string>) => pageBy(rows.meetings, ({ at }) => at, page),
  crossReferenceAt: async (position: number) => rows.meetings.find((row) => row.position === position) ?? null,
  salvaged: async (page: Paged<string>) => pageBy(rows.salvaged, ({ salvagedAt }) => salvagedAt, page),
});
