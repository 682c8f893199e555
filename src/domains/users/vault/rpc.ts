import type { Locale } from "../../../i18n/locales.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Visit } from "../../authentication/index.ts";
import type { InboxNotice } from "../../notifications/rpc.ts";
import type { Activity } from "../activity/model.ts";
import type { IdentityRead } from "../identities/model.ts";
import type { FoundCheck } from "../model.ts";
import type { Details, EmergencyContact, Overview } from "./model.ts";

/** `visit-ended`: the person closed this visit. `nothing-kept`: there is no vault, or it was shredded. */
export type VisitRefusal = { refusal: "visit-ended" | "nothing-kept" };
type Changed = Result<object, VisitRefusal | { refusal: "changed-meanwhile" }>;

/** A citizen's vault as its own holder reaches it: each verb names the visit it is part of. */
export interface VaultApi {
  overview(visit: Visit): Promise<Result<{ overview: Overview }, VisitRefusal>>;
  /** Newest first, at most 100. */
  inbox(visit: Visit): Promise<Result<{ notices: InboxNotice[] }, VisitRefusal>>;
  markRead(visit: Visit, upTo: Instant): Promise<Result<object, VisitRefusal>>;
  accessList(visit: Visit): Promise<Result<{ checks: FoundCheck[]; reads: IdentityRead[] }, VisitRefusal>>;
  /** Whether the visit goes on, and anything is kept of its holder. */
  stands(visit: Visit): Promise<Result<object, VisitRefusal>>;
  /** Notes that its holder wants to be told who holds a token for them, or no longer. */
  noteWatching(visit: Visit, wanted: boolean): Promise<Result<object, VisitRefusal>>;
  /** What was done with the vault, newest first, at most 100. */
  activity(visit: Visit): Promise<Result<{ activity: Activity[] }, VisitRefusal>>;
  /** Makes the details and the language what is given, unless `version` no longer stands. What stands already is no change. */
  changeDetails(visit: Visit, change: { version: number; details: Details; locale: Locale }): Promise<Changed>;
  changeContact(visit: Visit, change: { version: number; contact: EmergencyContact | null }): Promise<Changed>;
  endVisit(visit: Visit): Promise<void>;
}
