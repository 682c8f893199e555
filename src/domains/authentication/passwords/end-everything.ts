import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Change } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import { revokeTokensOf } from "../access/store.ts";
import { endSessionsOf } from "../sessions/store.ts";
import { voidLinksOf } from "./store.ts";

/**
 * Rows of a change of a password: whoever came in with the old one is out, by whichever door. Sessions end but the one
 * that is `kept`; access tokens and links that could set another password hold no longer.
 */
export const endEverything = (
  { primary }: Office, userId: string, actor: Actor, now: Instant, kept: string | null = null,
): Change<object>["rows"] => [
  endSessionsOf(primary, userId, "password-changed", now, kept),
  revokeTokensOf(primary, userId, actor, now),
  voidLinksOf(primary, userId, now),
];
