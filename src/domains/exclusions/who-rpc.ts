import type { Kind, Pseudonym } from "../../bst/kinds.ts";
import type { Lineage } from "../../bst/lineage.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Evidence, ExclusionState, Standing } from "./model.ts";

/** How it is known that an operator holds a token: it was handed out, or a check with it found the person. */
export const HOLDING_SOURCES = ["issued", "checked"] as const;
export type HoldingSource = (typeof HOLDING_SOURCES)[number];

export interface TokenHolding {
  operator: string;
  kind: Kind;
  source: HoldingSource;
  /** The beginning of the first and of the last day in Nairobi. */
  firstAt: Instant;
  lastAt: Instant;
}

/** One identifier as one exclusion states it. */
export interface Statement {
  personId: string;
  reference: string;
  state: ExclusionState;
  evidence: Evidence;
  standing: Standing;
  addedAt: Instant;
}

/** An identifier somebody stated, and everybody's statements of it, the newest first, at most 100. */
export interface LinkedIdentifier {
  p: Pseudonym;
  kind: Kind;
  statements: Statement[];
  /** At how many operators a token of it was retired by itself. */
  retiredAt: number;
}

/** Whose exclusion it is, and what is linked to them. */
export interface Linked {
  personId: string;
  /** Whether any of their exclusions is in force. */
  excluded: boolean;
  identifiers: LinkedIdentifier[];
}

/** Two persons who stated one identifier, with the exclusions in which each did. */
export interface CrossReference {
  /** Its place in Register, which may be another's once it is forgotten. */
  position: number;
  at: Instant;
  p: Pseudonym;
  /** What officers' notes know it by whatever root it is kept under; null where that is still the pseudonym. */
  mark: Uint8Array | null;
  personId: string;
  otherPersonId: string;
  /** Null when only another part of the register has it. */
  kind: Kind | null;
  references: string[];
  otherReferences: string[];
}

/** A pseudonym that was excluded when Register was restored, and of which nothing else is left. */
export interface Salvaged {
  position: number;
  salvagedAt: Instant;
  p: Pseudonym;
  logId: string;
  seq: number;
  t: Instant;
}

/** A page: which order, after which place, how many rows. */
export interface Paged<Sort extends string> {
  sort: Sort;
  after: readonly number[] | null;
  limit: number;
}

/** Which operators hold tokens for whom, and who is linked to whom. */
export interface WhoApi {
  /**
   * Tokens are about to be handed out: of those whom an identifier is proven to be, it is noted for who is excluded or asked
   * for it, and of nobody else. Answers how many of the identifiers are excluded. Repeatable. Throws RangeError beyond 1,000.
   */
  noteIssued(issued: { operator: string; identifiers: readonly { kind: Kind; p: Lineage }[] }): Promise<{ excluded: number }>;
  /** The same of checks that found somebody, in the hour that begins then. One that comes again changes nothing. Throws RangeError beyond 1,000. */
  noteChecked(checked: { operator: string; checks: readonly { p: Lineage; hour: Instant }[] }): Promise<void>;
  /** Whether somebody wants to be told, excluded or not. Who no longer does keeps only what they are excluded for. Repeatable. */
  watchHoldings(personId: string, wanted: boolean): Promise<void>;
  /** What is known of operators that hold a token for this person, the newest first; `askedSince` is null unless they asked. */
  tokenHoldings(personId: string): Promise<{ askedSince: Instant | null; holdings: TokenHolding[] }>;
  /** Who the person of an exclusion is linked to; null when no exclusion has the reference. For officers, audited by the office. */
  linkedTo(reference: string): Promise<Linked | null>;
  /**
   * The exclusions in force that an identifier, by its pseudonym under a root, is in force in: whose it is proven to be when
   * `standing` is `firm`. Throws RangeError on a root Register does not keep: that says nothing about anybody.
   */
  excludedBy(known: { rootEpoch: number; p: Pseudonym }): Promise<Statement[]>;
  /** Throws RangeError beyond 1,000. */
  crossReferences(page: Paged<"at" | "-at">): Promise<CrossReference[]>;
  /** Null when there is none at this position. */
  crossReferenceAt(position: number): Promise<CrossReference | null>;
  /** Throws RangeError beyond 1,000. */
  salvaged(page: Paged<"salvagedAt" | "-salvagedAt">): Promise<Salvaged[]>;
}
