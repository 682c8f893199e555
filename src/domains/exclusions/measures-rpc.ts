import type { Lineage } from "../../bst/lineage.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";
import type { OtherOrigin, Receipt, StatedIdentifier } from "./model.ts";

/** Two officers of different accounts: who proposed and who seconded. Register refuses one person twice. */
export type TwoOfficers = readonly [proposer: string, seconder: string];

/** What officers decided in a case. Repeatable by `commandId`. */
export interface Decided {
  commandId: string;
  caseReference: string;
  officers: TwoOfficers;
}

export interface ImposeCommand extends Decided {
  origin: OtherOrigin;
  /** Of the person it is about, as officers were shown: evidence `officer`, the phone first. */
  identifiers: [StatedIdentifier, ...StatedIdentifier[]];
  /** The identity, sealed by origin for this command. */
  box: Uint8Array;
  /** Null is permanent. */
  endsAt: Instant | null;
  /** A provisional measure until then, at most 30 days; null imposes for good. */
  measureUntil: Instant | null;
}

/**
 * Why officers' decisions change nothing. `one-officer`: both are the same. `unknown`: no exclusion has this reference, or case.
 * `not-now`: its state does not know the step. `shortens`: it would end before it was promised to. `not-imposed`: it is its
 * holder's own. `too-early`: a review comes not before `from`. `out-of-bounds`: an end that is not ahead or lies more than 5 years
 * ahead, or a measure that is over, lasts more than 30 days, or outlasts the exclusion it is of.
 */
export type MeasureRefusal =
  | { refusal: "one-officer" | "unknown" | "not-now" | "shortens" | "not-imposed" | "out-of-bounds" | "command-reused" }
  | { refusal: "too-early"; from: Instant };

export type MeasureResult = Result<{ personId: string; receipt: Receipt }, MeasureRefusal>;

/**
 * What officers can do to exclusions, each by two of them: impose one on somebody else's request, decide a measure, grant a
 * review, lengthen to an end of its own, and annul what was never its holder's. Nothing here, and nothing else, shortens a person's own exclusion.
 */
export interface MeasuresApi {
  /**
   * In force at commit; a second one of a case is `not-now`. The person is the phone's holder; of a phone nobody holds, whom the registry
   * knows by a document, if that is one person; else somebody new. Throws TypeError on identifiers officers cannot have been shown.
   */
  impose(command: ImposeCommand): Promise<MeasureResult>;
  /** A provisional measure becomes an exclusion until `endsAt`; null is permanent. */
  uphold(command: Decided & { endsAt: Instant | null }): Promise<MeasureResult>;
  /** What a case imposed is lifted: a measure that was not upheld, or on appeal. Never a person's own. */
  dismiss(command: Decided): Promise<MeasureResult>;
  /** Whether its holder may end their own permanent exclusion after its review; refused, the next review comes after a year. */
  review(command: Decided & { reference: string; granted: boolean }): Promise<MeasureResult>;
  /** Lengthens somebody's own exclusion to an end that no policy has. */
  lengthenTo(command: Decided & { reference: string; endsAt: Instant }): Promise<MeasureResult>;
  /** Begins the annulment of somebody's own exclusion that was never its holder's: 72 hours later, unless somebody objects. */
  beginAnnulment(command: Decided & { reference: string }): Promise<MeasureResult>;
  /** Somebody objected: one is enough. `by` is its holder's person id, or an officer's account. */
  stopAnnulment(command: { commandId: string; reference: string; by: string }): Promise<MeasureResult>;
  /** Takes a document that was only typed out of every exclusion in force it was typed into; answers how many. Tells nobody: whose it is stays unsaid. */
  annulDocument(command: Decided & { p: Lineage }): Promise<Result<{ exclusions: number }, { refusal: "one-officer" | "command-reused" }>>;
  /** The references of all exclusions, in force or over, that state this identifier, newest first, at most 100. For officers, audited by the office. */
  statedIn(p: Lineage): Promise<string[]>;
  /** An exclusion as its holder's receipt shows it, and the identifiers that stand in it by kind; null when no such reference is known. */
  byReference(reference: string): Promise<{ personId: string; receipt: Receipt } | null>;
}
