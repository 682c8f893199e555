import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../../../kernel/bytes.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { type Change, type Command, once } from "../../../office/commit.ts";
import type { Place } from "../../../sealing/sealed.ts";
import type { TokenParts, TokensOf } from "../access/tokens.ts";
import type { Caller } from "../capabilities.ts";
import { accountToManage } from "../roles/manage.ts";
import type { AccessRefusal, AccessResult } from "../roles/refusals.ts";
import { drawLink } from "./link.ts";
import type { ActivationReason } from "./model.ts";
import { fitsActivation } from "./rules.ts";
import { type Account, accountById, changeAccount, insertLink, voidLinksOf } from "./store.ts";

interface Stored {
  linkId: string;
  sealedSecret: string;
  expiresAt: Instant;
}

export interface Activation {
  linkId: string;
  secret: string;
  expiresAt: Instant;
}

type Refused = { ok: false } & AccessRefusal;

const place = ({ id }: Command): Place => ({ table: "commands", column: "sealedSecret", row: id });

/**
 * Makes an activation for somebody the caller manages; earlier ones hold no longer. The same command again answers the
 * same; nobody else is shown it again.
 */
export async function issueActivation(
  parts: TokenParts, by: Caller, { userId, operator }: TokensOf, reason: ActivationReason, command: Command,
): Promise<AccessResult<Activation>> {
  const { office, envelope, clock, random } = parts;
  const now = clock();
  const done = await once<Stored, Refused>(office, command, { now, random }, async () => {
    const managed = await accountToManage(office, by.principal, userId, operator);
    if (!managed.ok) return managed;
    const account = await accountById(office, userId);
    if (!account) return { ok: false, refusal: "unknown" };
    const fits = fitsActivation(reason, { ...account, hasPassword: account.sealedHash !== null });
    return fits ? issuing(parts, by, account, reason, command, now) : { ok: false, refusal: "activation-unfit" };
  });
  if (!done.ok) return done;
  const { sealedSecret, ...answer } = done.answer;
  return { ok: true, ...answer, secret: fromUtf8(envelope.open(fromBase64Url(sealedSecret), place(command))) };
}

/** The account is held to the roles it was judged by. */
function issuing(
  { office, envelope, random }: TokenParts, { actor }: Caller, { user }: Account, reason: ActivationReason, command: Command, now: Instant,
): Change<Stored> {
  const { row, secret } = drawLink(random, user.id, { kind: "activation", reason }, actor, now);
  return {
    actor,
    rows: [
      { exactlyOne: changeAccount(office.primary, user, {}, actor, now) },
      voidLinksOf(office.primary, user.id, now),
      insertLink(office.primary, row),
    ],
    audit: { action: "user.activation-issued", resource: `user/${user.id}`, payload: { linkId: row.id, reason, expiresAt: row.expiresAt } },
    answer: { linkId: row.id, sealedSecret: toBase64Url(envelope.seal(utf8(secret), place(command))), expiresAt: row.expiresAt },
  };
}
