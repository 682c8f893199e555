import type { Instant } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";
import type { InboxNotice } from "../notifications/rpc.ts";
import type { TokenHolding } from "../exclusions/who-rpc.ts";
import type { Activity } from "./activity/model.ts";
import type { IdentityRead } from "./identities/model.ts";
import type { FoundCheck } from "./model.ts";
import type { Overview } from "./vault/model.ts";

/** The person's details as typed. */
export interface DetailsForm {
  name: string;
  preferredName: string;
  dateOfBirth: string;
  /** A county's code; "" is not said. */
  county: string;
  language: string;
  quietNights: boolean;
}

/** The emergency contact as typed. */
export interface ContactForm {
  name: string;
  phone: string;
}

/** `birth-impossible`: no such day, not yet, or before anybody alive. */
export type BirthRefusal = { refusal: "birth-unreadable" | "birth-impossible"; field: "dateOfBirth" };

/** What is wrong with who somebody says they are. */
export type PersonRefusal = { refusal: "text-too-long" | "text-unreadable"; field: "name" } | BirthRefusal;

/** What is wrong with a field; the page turns it into words beside it. */
export type FieldRefusal =
  | { refusal: "text-too-long" | "text-unreadable"; field: "name" | "preferredName" | "contactName" }
  | { refusal: "name-missing"; field: "contactName" }
  | { refusal: "phone-unreadable"; field: "contactPhone" }
  | BirthRefusal
  | { refusal: "choice-unknown"; field: "county" | "language" };

/**
 * Why a vault stays shut. `grant-invalid`: none of ours, over, ended, or for a phone that is somebody else's now.
 * `code-too-old`: what is asked for needs a code of the last 5 minutes. `nothing-kept`: nothing is known of this phone.
 * `changed-meanwhile`: the change was made to a version that no longer stands.
 */
export type VaultRefusal = { refusal: "grant-invalid" | "code-too-old" | "nothing-kept" | "changed-meanwhile"; field: null };

export type CitizenVaultResult<T> = Result<T, VaultRefusal>;
type ChangeResult = Result<object, VaultRefusal | FieldRefusal>;

/** Who looked for the person. */
export interface AccessList {
  /** Newest first. */
  checks: FoundCheck[];
  /** What the operators among them are called, by id. */
  operators: Record<string, string>;
  reads: IdentityRead[];
}

/** Which operators hold a token for the person, as far as it is kept. */
export interface HeldTokens {
  /** Since when they want to be told, excluded or not; null unless they do. */
  askedSince: Instant | null;
  /** Newest first. */
  holdings: TokenHolding[];
  /** What the operators among them are called, by id. */
  operators: Record<string, string>;
}

/**
 * What the portal may ask of origin for a citizen's own vault. Each verb takes the grant that a code was traded for, and
 * reaches the vault of whose phone it is and no other: there is no id of a person to send.
 */
export interface CitizenVaultRpc {
  overview(grant: string): Promise<CitizenVaultResult<{ overview: Overview }>>;
  /** What the register told the person, newest first, at most 100. */
  inbox(grant: string): Promise<CitizenVaultResult<{ notices: InboxNotice[] }>>;
  /** Marks what was told up to then as read. Repeatable. */
  markRead(request: { grant: string; upTo: Instant }): Promise<CitizenVaultResult<object>>;
  /** Which checks found the person, and who of the staff read their identity. */
  accessList(grant: string): Promise<CitizenVaultResult<AccessList>>;
  /** Which operators hold a token for the person. */
  heldTokens(grant: string): Promise<CitizenVaultResult<HeldTokens>>;
  /** Whether they want to be told also when they are not excluded. Repeatable: what stands already is no change. */
  watchTokens(request: { grant: string; wanted: boolean }): Promise<CitizenVaultResult<object>>;
  /** What was done with the person's record, newest first, at most 100. */
  activity(grant: string): Promise<CitizenVaultResult<{ activity: Activity[] }>>;
  /** Changes the details of that version. Repeatable: what stands already is no change. */
  changeDetails(request: { grant: string; version: number; details: DetailsForm }): Promise<ChangeResult>;
  /** The same for the emergency contact; null removes it. */
  changeContact(request: { grant: string; version: number; contact: ContactForm | null }): Promise<ChangeResult>;
  /** Ends the grant: nobody opens the vault with it any more. */
  leave(grant: string): Promise<void>;
}
