import type { Kind } from "../../bst/kinds.ts";
import type { Lineage } from "../../bst/lineage.ts";
import type { Result } from "../../kernel/result.ts";
import type { Standing } from "./model.ts";

export interface ConfirmCommand {
  commandId: string;
  personId: string;
  /** A document's. */
  p: Lineage;
}

/** `nothing-to-confirm`: no exclusion in force has the document. */
export type ConfirmResult = Result<{ standing: Standing }, { refusal: "nothing-to-confirm" | "command-reused" }>;

export interface ReleaseCommand {
  commandId: string;
  /** Proven by a code of whoever holds it now. */
  phone: Lineage;
  /** The document the new holder has, by the registry or by an officer's sight of it. */
  document: { kind: Exclude<Kind, "msisdn">; p: Lineage };
  by: "registry" | "officer";
  /** Names the phone to the vault of who had it before; Register cannot read it. */
  box: Uint8Array;
}

/**
 * Why a phone stays with who has it. `nothing-to-release`: it is nobody's. `own-document`: the document is that person's.
 * `no-document`: nothing proven tells that person from this one. `proven-lately`: they proved it too recently to have lost it.
 * An officer can see past the last two.
 */
export type ReleaseRefusal = { refusal: "nothing-to-release" | "own-document" | "no-document" | "proven-lately" };
export type ReleaseResult = Result<object, ReleaseRefusal | { refusal: "command-reused" }>;

/** What is learnt about identifiers after they were stated. */
export interface IdentifiersApi {
  /** The registry knows the document as the person's: it is firm in the exclusion in force. Repeatable by `commandId`. */
  confirm(command: ConfirmCommand): Promise<ConfirmResult>;
  /** The phone is somebody else's by now: it alone leaves its last holder's exclusions, who stays excluded by all else. Repeatable by `commandId`. */
  releasePhone(command: ReleaseCommand): Promise<ReleaseResult>;
}
