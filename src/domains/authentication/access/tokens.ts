import type { Clock, Instant, Random } from "../../../kernel/clock.ts";
import { type Change, commit, type Command, once } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import type { Page, PageQuery } from "../../../office/page.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { Caller } from "../capabilities.ts";
import { accountToManage } from "../roles/manage.ts";
import type { AccessRefusal, AccessResult } from "../roles/refusals.ts";
import { insertToken, revokeToken, tokenOf, type TokenRow, tokensPage } from "./store.ts";
import { drawToken, type NewToken, openToken, TOKEN_LIFE } from "./token.ts";

export interface TokenParts {
  office: Office;
  envelope: Envelope;
  clock: Clock;
  random: Random;
}

/** Whose tokens are meant; with an operator, one of its people's. */
export interface TokensOf {
  userId: string;
  operator: string | null;
}

type Refused = { ok: false } & AccessRefusal;

interface Stored {
  tokenId: string;
  sealedToken: string;
}

const mayHoldUntil = (expiresAt: Instant, now: Instant): boolean => expiresAt > now && expiresAt <= now + TOKEN_LIFE;

/** Null when the caller may manage these tokens: their own, or those of somebody who can do nothing they could not give. */
async function refusalOf({ office }: TokenParts, { principal }: Caller, { userId, operator }: TokensOf): Promise<Refused | null> {
  if (operator === null && userId === principal.userId) return null;
  const managed = await accountToManage(office, principal, userId, operator);
  return managed.ok ? null : managed;
}

/** Makes a token. The same command again answers the same; nobody else is shown it again. */
export async function issueToken(
  parts: TokenParts, by: Caller, whose: TokensOf, { label, expiresAt }: Omit<NewToken, "userId">, command: Command,
): Promise<AccessResult<{ tokenId: string; token: string }>> {
  const { office, envelope, clock, random } = parts;
  const now = clock();
  const done = await once<Stored, Refused>(office, command, { now, random }, async () => {
    if (!mayHoldUntil(expiresAt, now)) return { ok: false, refusal: "lifetime-invalid" };
    return (await refusalOf(parts, by, whose)) ?? issuing(parts, by, { userId: whose.userId, label, expiresAt }, command, now);
  });
  if (!done.ok) return done;
  const { tokenId, sealedToken } = done.answer;
  return { ok: true, tokenId, token: openToken(envelope, command, sealedToken) };
}

function issuing(parts: TokenParts, { actor }: Caller, token: NewToken, command: Command, now: Instant): Change<Stored> {
  const { row, sealedToken } = drawToken(parts, command, token, actor, now);
  return {
    actor,
    rows: [insertToken(parts.office.primary, row)],
    audit: { action: "access-token.issued", resource: `user/${token.userId}`, payload: { tokenId: row.id, expiresAt: token.expiresAt } },
    answer: { tokenId: row.id, sealedToken },
  };
}

/** Those that are over included. */
export async function listTokens(parts: TokenParts, by: Caller, whose: TokensOf, query: PageQuery): Promise<AccessResult<{ page: Page<TokenRow> }>> {
  const refused = await refusalOf(parts, by, whose);
  if (refused) return refused;
  return { ok: true, page: await tokensPage(parts.office, whose.userId, query) };
}

/** Ends a token at once. Ending it again changes nothing. */
export async function endToken(parts: TokenParts, by: Caller, whose: TokensOf, tokenId: string): Promise<AccessResult<object>> {
  const { office, clock, random } = parts;
  const refused = await refusalOf(parts, by, whose);
  if (refused) return refused;
  const token = await tokenOf(office, whose.userId, tokenId);
  if (!token) return { ok: false, refusal: "unknown" };
  if (token.revokedAt !== null) return { ok: true };
  const now = clock();
  return commit(office, {
    actor: by.actor,
    rows: [{ exactlyOne: revokeToken(office.primary, tokenId, by.actor, now) }],
    audit: { action: "access-token.revoked", resource: `user/${whose.userId}`, payload: { tokenId } },
    answer: {},
  }, { now, random });
}
