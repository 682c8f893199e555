import type { Actor } from "../../../kernel/actor.ts";
import type { Instant, Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { nameOf } from "../../../office/columns.ts";
import type { AccountParts } from "../parts.ts";
import { drawSecret, hashOf, isSecret } from "../sessions/secret.ts";
import type { ActivationReason, LinkKind } from "./model.ts";
import { LINK_LIFE, stands } from "./rules.ts";
import { type Account, accountById, linkByHash, type LinkRow } from "./store.ts";

/** What a link is for: an activation has a reason, a reset none. */
type Purpose = { kind: "reset"; reason: null } | { kind: "activation"; reason: ActivationReason };

/** A fresh link of an account: its row, and the secret for its holder. */
export function drawLink(random: Random, userId: string, purpose: Purpose, actor: Actor, now: Instant): { row: LinkRow; secret: string } {
  const secret = drawSecret(random);
  const times = { createdAt: now, createdBy: nameOf(actor), expiresAt: now + LINK_LIFE[purpose.kind], usedAt: null };
  return { secret, row: { id: uuidv7(now, random), userId, ...purpose, hash: hashOf(secret), ...times } };
}

/** A link that stands, and the account it is of. */
export interface Held {
  link: LinkRow;
  account: Account;
}

/** The link of a secret; null when there is none of this kind, it is over or used, or its account is nobody's to come into. */
export async function heldLink({ office, clock }: Pick<AccountParts, "office" | "clock">, kind: LinkKind, secret: string): Promise<Held | null> {
  if (!isSecret(secret)) return null;
  const link = await linkByHash(office, hashOf(secret));
  if (link?.kind !== kind || !stands(link, clock())) return null;
  const account = await accountById(office, link.userId);
  return account && { link, account };
}
