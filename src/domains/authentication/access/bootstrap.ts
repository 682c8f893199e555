import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../../../kernel/bytes.ts";
import type { Place } from "../../../sealing/sealed.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { MINUTE } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import { type Change, type Command, type CommitRefusal, once } from "../../../office/commit.ts";
import type { Accounts, Stated } from "../../users/index.ts";
import { drawLink } from "../passwords/link.ts";
import { insertLink } from "../passwords/store.ts";
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
  /** Sets a password and proves a phone, so that the pages can be signed in to. */
  activation: string;
}

interface Stored {
  userId: string;
  sealedToken: string;
  expiresAt: number;
  sealedActivation: string;
}

const place = ({ id }: Command): Place => ({ table: "commands", column: "sealedActivation", row: id });

/** An answer that got lost on its way can be asked for again so long; then the secret is good for nothing at all. */
const REPEATABLE_FOR = 15 * MINUTE;

/** Whether the secret can do nothing any more, whatever comes with it. */
export async function isOver({ office, clock }: Pick<BootstrapParts, "office" | "clock">): Promise<boolean> {
  const at = await bootstrappedAt(office);
  return at !== null && clock() >= at + REPEATABLE_FOR;
}

/** Makes the first administrator, with a token and an activation: nobody is there to give them one. Refused with `duplicate` ever after; the same command again answers the same. */
export async function bootstrap(
  parts: BootstrapParts, actor: Actor, profile: Stated, command: Command,
): Promise<Result<FirstAdministrator, CommitRefusal>> {
  const { office, envelope, clock, random } = parts;
  const senses = { now: clock(), random };
  const done = await once<Stored, never>(office, command, senses, async () => firstAdministrator(parts, actor, profile, command));
  if (!done.ok) return done;
  const { sealedToken, sealedActivation, ...answer } = done.answer;
  const activation = fromUtf8(envelope.open(fromBase64Url(sealedActivation), place(command)));
  return { ok: true, ...answer, token: openToken(envelope, command, sealedToken), activation };
}

function firstAdministrator(parts: BootstrapParts, actor: Actor, profile: Stated, command: Command): Change<Stored> {
  const { office: { primary }, accounts, envelope, clock, random } = parts;
  const now = clock();
  const user = accounts.newUser(profile, actor, now);
  const role = accounts.newAssignment(user.id, { role: "super_admin", operator: null }, actor, now);
  const { row, sealedToken } = drawToken(parts, command, { userId: user.id, label: "bootstrap", expiresAt: now + TOKEN_LIFE }, actor, now);
  const link = drawLink(random, user.id, { kind: "activation", reason: "no-password" }, actor, now);
  const sealedActivation = toBase64Url(envelope.seal(utf8(link.secret), place(command)));
  return {
    actor,
    rows: [user.insert, role.insert, insertToken(primary, row), insertLink(primary, link.row), insertBootstrap(primary, user.id, now)],
    audit: { action: "user.bootstrapped", resource: `user/${user.id}`, payload: { role: "super_admin", tokenId: row.id, linkId: link.row.id } },
    answer: { userId: user.id, sealedToken, expiresAt: row.expiresAt, sealedActivation },
  };
}
