import type { Json } from "../../../kernel/canonical-json.ts";

/** The tables that hold something of a person, each a section of the export. */
export type HoldingName =
  | "vault" | "shreds" | "identifiers" | "identifierEvidence" | "verifications" | "records" | "consents" | "accepted" | "checks" | "identityReads" | "endedVisits"
  | "notices" | "messages" | "statements" | "audit";

/** One entry of a section: names and values of the export, instants as RFC 3339. */
export type Entry = { readonly [name: string]: Json };

/** Whether the object holds a person's vault, or that of somebody who was erased and is not to be one again. */
export type Beginning = "open" | "restored" | "erased";
