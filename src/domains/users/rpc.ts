import type { IdentityClaim } from "../../adapters/identity-registry/port.ts";
import type { Locale } from "../../i18n/locales.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { Json } from "../../kernel/canonical-json.ts";
import type { Instant } from "../../kernel/clock.ts";
import type { Visit } from "../authentication/index.ts";
import type { Delivery } from "../exclusions/outbox.ts";
import type { Beginning, Entry, HoldingName } from "./holdings/model.ts";
import type { IdentityRead } from "./identities/model.ts";
import type { FoundCheck } from "./model.ts";
import type { Rewrap } from "./rewrapping/rewrap.ts";

/** What the vault holds, a section a table; schema.ts of the rights has its shape. */
export type VaultExport = Record<HoldingName, Entry[]>;

/** One citizen's vault; the object is named by the person's id. */
export interface PersonApi {
  /** Takes a row of Register's outbox. When this answers, it is stored; the same row again changes nothing. */
  accept(delivery: Delivery): Promise<void>;
  /** Checks found this person. When this answers, they are stored; one that comes again changes nothing. */
  found(checks: readonly FoundCheck[]): Promise<void>;
  /** The checks of the last 90 days that found this person, newest first, at most 1,000. For nobody but the person. */
  checksThatFound(): Promise<FoundCheck[]>;
  /** Staff read, by leave of another, that an operator's token leads to this person. When this answers, the person is shown it; again it changes nothing. */
  lookedUp(read: Omit<IdentityRead, "what">): Promise<void>;
  /** When staff read who the person is, newest first, at most 1,000. For nobody but the person. */
  identityReads(): Promise<IdentityRead[]>;
  /** Re-wraps the vault's data key under the current key-encryption key; null when it has none. What cannot be unwrapped stays as it is. */
  rewrap(): Promise<Rewrap | null>;
  /** The phones the person proved, keyed as accounts are found by theirs. */
  accountKeys(): Promise<string[]>;
  /** Whether the person ended this visit; never of a vault that is erased. */
  hasEnded(visit: Visit): Promise<boolean>;
  /** Whether a claim seems to be this person's: by a document of theirs, or by name and date of birth. */
  isPerson(claim: IdentityClaim): Promise<boolean>;
  /** Everything the vault holds of the person, opened. For nobody but the person. */
  export(): Promise<VaultExport>;
  /** The person speaks another language from now on. */
  speak(locale: Locale, actor: Actor): Promise<void>;
  /** Keeps what the person said in a request; again with the same reference changes nothing. */
  keepStatement(said: { reference: string; text: string }, actor: Actor): Promise<void>;
  /** What the person said in a request; null when nothing, or it was erased. */
  statement(reference: string): Promise<string | null>;
  /** Takes an event of the office's that concerns the person, once. */
  tell(event: { id: string; topic: string; payload: Json; at: Instant }): Promise<void>;
  /** Erases what no exclusion needs. */
  eraseExtras(actor: Actor): Promise<void>;
  /** Erases the vault for good: the key first. When this answers the vault is empty; copies that are locked go later. Repeatable. */
  erase(): Promise<void>;
  /** Whether the vault is there; reads it back from its copies when its storage was destroyed. Throws when that cannot be done now. */
  restore(): Promise<Beginning>;
}
