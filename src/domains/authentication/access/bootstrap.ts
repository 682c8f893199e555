import type { Actor } from "../../../kernel/actor.ts";
import { MINUTE } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import { type Change, type Command, type CommitRefusal, once } from "../../../office/commit.ts";
import type { Accounts, Stated } from "../../users/index.ts";
import { bootstrappedAt, insertBootstrap, insertToken } from "./store.ts";
import { drawToken, openToken, TOKEN_LIFE } from "./token.ts";
import type { TokenParts } from "./tokens.ts";

export interface BootstrapParts extends TokenParts {
  accounts: Accounts;
}

export interface FirstAdministrator {
  userId: string;
  token: string;
  expiresAt: number;
}

interface Stored {
  userId: string;
  sealedToken: string;
  expiresAt: number;
}

/** An answer that got lost on its way can be asked for again so long; then the secret is good for nothing at all. */
const REPEATABLE_FOR = 15 * MINUTE;

/** Whether the secret can do nothing any more, whatever comes with it. */
export async function isOver({ office, clock }: Pick<BootstrapParts, "office" | "clock">): Promise<boolean> {
  const at = await bootstrappedAt(office);
  return at !== null && clock() >= at + REPEATABLE_FOR;
}

/** Makes the first administrator, with a token. Refused with `duplicate` ever after; the same command again answers the same. */
export async function bootstrap(
  parts: BootstrapParts, actor: Actor, profile: Stated, command: Command,
): Promise<Result<FirstAdministrator, CommitRefusal>> {
  const { office, envelope, clock, random } = parts;
  const senses = { now: clock(), random };
  const done = await once<Stored, never>(office, command, senses, async () => firstAdministrator(parts, actor, profile, command));
  if (!done.ok) return done;
  const { sealedToken, ...answer } = done.answer;
  return { ok: true, ...answer, token: openToken(envelope, command, sealedToken) };
}

function firstAdministrator(parts: BootstrapParts, actor: Actor, profile: Stated, command: Command): Change<Stored> {
  const { office: { primary }, accounts, clock } = parts;
  const now = clock();
  const user = accounts.newUser(profile, actor, now);
  const role = accounts.newAssignment(user.id, { role: "super_admin", operator: null }, actor, now);
  const { row, sealedToken } = drawToken(parts, command, { userId: user.id, label: "bootstrap", expiresAt: now + TOKEN_LIFE }, actor, now);
  return {
    actor,
    rows: [user.insert, role.insert, insertToken(primary, row), insertBootstrap(primary, user.id, now)],
    audit: { action: "user.bootstrapped", resource: `user/${user.id}`, payload: { role: "super_admin", tokenId: row.id } },
    answer: { userId: user.id, sealedToken, expiresAt: row.expiresAt },
  };
}
