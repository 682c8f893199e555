import type { Result } from "../../../kernel/result.ts";
import type { Visitor } from "../../authentication/sessions/model.ts";
import type { StaffRefusal } from "../../users/people/rpc.ts";
import type { Current, DeskMay, ExclusionLine, ExclusionLook } from "./model.ts";

/** `reference-unreadable`: what was typed cannot be the reference of an exclusion. */
export type FindRefusal = StaffRefusal | { refusal: "reference-unreadable" };

/**
 * Why nobody was searched for. `identifier-unreadable`: it is no identifier of its kind. `reason-unfit`: too short or long, or it
 * names somebody by number or address. `searches-used-up`: this officer's of the day are.
 */
export type SearchRefusal = StaffRefusal | { refusal: "identifier-unreadable" | "reason-unfit" | "searches-used-up" };

/** What the list is narrowed to; what is empty, or none of ours, narrows nothing. */
export interface LineFilter {
  state: string;
  policy: string;
  origin: string;
  personId: string;
}

/** One exclusion that states an identifier; `line` is null while the office's copy does not have it yet. */
export interface Found {
  reference: string;
  line: ExclusionLine | null;
}

/**
 * What the portal may ask of origin for officers about exclusions. Each verb asks who they are and what they may, and whatever
 * shows something leaves an entry in the audit log before it answers; to search by an identifier takes a factor of the last 5 minutes.
 */
export interface StaffExclusionsRpc {
  /** A page of the office's copy, newest first; `next` is the next page's `after`, null after the last. */
  list(request: { visitor: Visitor; filter: LineFilter; after: string | null }): Promise<
    Result<Current & { lines: ExclusionLine[]; next: string | null; may: DeskMay }, StaffRefusal>
  >;
  /** The canonical reference of what was typed; null when the office's copy has none such. */
  find(request: { visitor: Visitor; reference: string }): Promise<Result<{ reference: string | null }, FindRefusal>>;
  /** Whether the visitor may search by somebody's number now. */
  enterSearch(visitor: Visitor): Promise<Result<object, StaffRefusal>>;
  /** Every exclusion that states this phone or document, in force or over, newest first, at most 100. */
  search(request: { visitor: Visitor; kind: string; identifier: string; reason: string }): Promise<Result<Current & { found: Found[] }, SearchRefusal>>;
  look(request: { visitor: Visitor; reference: string }): Promise<Result<Current & { exclusion: ExclusionLook }, StaffRefusal>>;
}
