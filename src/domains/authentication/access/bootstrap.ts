import type { Actor } from "../../../kernel/actor.ts";
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../../../kernel/bytes.ts";
import type { Clock, Random } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import { nameOf } from "../../../office/columns.ts";
import { type Change, type Command, type CommitRefusal, once } from "../../../office/commit.ts";
import type { Office } from "../../../office/database.ts";
import type { Envelope } from "../../../sealing/envelope.ts";
import type { Place } from "../../../sealing/sealed.ts";
import type { Accounts, Profile } from "../../users/index.ts";
import { insertBootstrap, insertToken } from "./store.ts";
import { hashOf, newToken, TOKEN_LIFE } from "./token.ts";

export interface BootstrapParts {
  office: Office;
  accounts: Accounts;
  envelope: Envelope;
  clock: Clock;
  random: Random;
}

export interface FirstAdministrator {
  userId: string;
  token: string;
  expiresAt: number;
}

/** What is stored of the answer: the token sealed, so that only the same command again learns it. */
interface Stored {
  userId: string;
  sealedToken: string;
  expiresAt: number;
}

const place = ({ id }: Command): Place => ({ table: "commands", column: "sealedToken", row: id });

/** Makes the first administrator, with a token. Refused with `duplicate` ever after; the same command again answers the same. */
export async function bootstrap(
  parts: BootstrapParts, actor: Actor, profile: Profile, command: Command,
): Promise<Result<FirstAdministrator, CommitRefusal>> {
  const { office, envelope, clock, random } = parts;
  const senses = { now: clock(), random };
  const done = await once<Stored, never>(office, command, senses, async () => firstAdministrator(parts, actor, profile, command));
  if (!done.ok) return done;
  const { sealedToken, ...answer } = done.answer;
  return { ok: true, ...answer, token: fromUtf8(envelope.open(fromBase64Url(sealedToken), place(command))) };
}

function firstAdministrator({ office: { primary }, accounts, envelope, clock, random }: BootstrapParts, actor: Actor, profile: Profile, command: Command): Change<Stored> {
  const now = clock();
  const user = accounts.newUser(profile, actor, now);
  const role = accounts.newAssignment(user.id, { role: "super_admin", operator: null }, actor, now);
  const token = newToken(random);
  const row = { id: uuidv7(now, random), userId: user.id, hash: hashOf(token), label: "bootstrap", createdAt: now, createdBy: nameOf(actor), expiresAt: now + TOKEN_LIFE };
  return {
    actor,
    rows: [user.insert, role.insert, insertToken(primary, row), insertBootstrap(primary, user.id, now)],
    audit: { action: "user.bootstrapped", resource: `user/${user.id}`, payload: { role: "super_admin", tokenId: row.id } },
    answer: { userId: user.id, sealedToken: toBase64Url(envelope.seal(utf8(token), place(command))), expiresAt: row.expiresAt },
  };
}
