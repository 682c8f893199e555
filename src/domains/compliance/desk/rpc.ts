import type { AuditSource, Outcome } from "../../../audit/entry.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Visitor } from "../../authentication/sessions/model.ts";
import type { StaffRefusal } from "../../users/people/rpc.ts";
import type { Figures, Rule } from "../suspicion/model.ts";

/** What entries are searched for by; what is empty narrows nothing. `from` and `to` are days in Nairobi, as `2026-11-04`, both inclusive. */
export const AUDIT_FIELDS = ["id", "flag", "source", "outcome", "action", "actor", "resource", "from", "to"] as const;
export type AuditField = (typeof AUDIT_FIELDS)[number];
export type AuditSearch = Readonly<Record<AuditField, string>>;

/** What a rule finds suspicious, and who looked at it. */
export interface ShownFlag {
  id: string;
  rule: Rule;
  figures: Figures;
  /** Entries' ids. */
  evidence: readonly string[];
  seen: { at: Instant; by: string; note: string } | null;
  version: number;
}

/** An entry as the desk shows it. */
export interface ShownEntry {
  id: string;
  at: Instant;
  source: AuditSource;
  action: string;
  resource: string;
  outcome: Outcome;
  /** The actor's kind and id. */
  by: string;
  /** Network, program, country and county, as far as they are known. */
  from: readonly string[];
  channel: string | null;
  reason: string | null;
  requestId: string | null;
  /** JSON. */
  payload: string;
  leaf: number | null;
  flags: readonly ShownFlag[];
}

/** `unreadable`: no entry can have it; `backwards`: the last day is before the first. */
export type AuditSearchRefusal = StaffRefusal | { refusal: "unreadable" | "backwards"; field: AuditField };

/** `note-unfit`: too short or long, or it names somebody by number or address. `own`: it is about what whoever asks did. */
export type SeeFlagRefusal = StaffRefusal | { refusal: "note-unfit" | "own" | "changed" };

/** What the portal may ask of origin for auditors and officers. Each verb asks who they are and what they may. */
export interface StaffAuditRpc {
  /** Entries, newest first; `next` is the next page's `after`, null after the last. That somebody searched, and for what, is in the audit log before it answers. */
  search(request: { visitor: Visitor; search: AuditSearch; after: string | null }): Promise<
    Result<{ entries: ShownEntry[]; next: string | null; may: { note: boolean } }, AuditSearchRefusal>
  >;
  /** A `tlog-proof@v1`. */
  prove(request: { visitor: Visitor; entryId: string }): Promise<Result<{ proof: string }, StaffRefusal | { refusal: "not-there-yet" }>>;
  /** Says what was found about a suspicion, in the version that was read; takes a factor of the last 5 minutes. */
  see(request: { visitor: Visitor; flagId: string; version: number; note: string }): Promise<Result<object, SeeFlagRefusal>>;
}
