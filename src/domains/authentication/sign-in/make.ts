import { type Actor, systemActor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import { type Change, type Command, once } from "../../../office/commit.ts";
import type { AccountParts } from "../parts.ts";
import { sealHash } from "../passwords/sealed.ts";
import { insertPassword } from "../passwords/store.ts";
import { beginSession } from "../sessions/begin.ts";
import type { Entered } from "../sessions/model.ts";
import { isSecret } from "../sessions/secret.ts";
import type { Caller } from "./enter.ts";
import type { SignUpRefusal } from "./rpc.ts";
import { signInWith } from "./sign-in.ts";
import { insertSignIn, isTaken } from "./store.ts";

/** Somebody whose phone is proven, and who may have an account. */
interface Adult extends Caller {
  name: string;
  dateOfBirth: string;
}

const HAS_ACCOUNT = { ok: false, refusal: "has-account", field: null } as const;

/**
 * Makes the account of a form. A form that comes again, its answer having got lost, signs in with its own password. On an account that
 * was there before, whoever's it is, nothing is made or changed.
 */
export async function makeOnce(parts: AccountParts, formId: string, adult: Adult): Promise<Result<{ entered: Entered }, SignUpRefusal>> {
  const { office, accounts, clock, random } = parts;
  const now = clock();
  const { change, entered } = newAccount(parts, adult, now);
  const command: Command = { id: `sign-up ${formId}`, fingerprint: accounts.fingerprint(profileOf(adult)) };
  const done = await once(office, command, { now, random }, async () => ((await isTaken(office, accounts.phoneKey(adult.number))) ? HAS_ACCOUNT : change));
  if (!done.ok) return done.refusal === "command-reused" ? { ok: false, refusal: "form-reused", field: null } : HAS_ACCOUNT;
  if (done.answer.sessionId === change.answer.sessionId) return { ok: true, entered };
  const again = await signInWith(parts, adult);
  return again.ok ? again : HAS_ACCOUNT;
}

const profileOf = ({ name, dateOfBirth, number }: Adult) => ({ name, email: null, phone: number, dateOfBirth });

/** The account, that it is a citizen's, its password, and its holder signed in: all of it, or nothing. */
function newAccount(parts: AccountParts, adult: Adult, now: Instant) {
  const { office: { primary }, accounts, hasher, random } = parts;
  const { visitor: { device, origin }, password } = adult;
  const profile = profileOf(adult);
  const office = systemActor("sign-up");
  const user = accounts.newUser(profile, office, now, accounts.keysOf(profile), now);
  const userId = user.id;
  const held = isSecret(device) ? { secret: device, row: null } : null;
  const begun = beginSession(primary, random, { userId, device: held, stage: "full", first: "password", second: null, origin, from: null }, now);
  const actor: Actor = { kind: "user", id: userId, origin };
  const change: Change<{ sessionId: string }> = {
    actor,
    rows: [
      user.insert,
      accounts.newAssignment(userId, { role: "citizen", operator: null }, office, now).insert,
      insertPassword(primary, { userId, sealedHash: sealHash(user.dataKey, hasher.hash(password), userId, random), changedAt: now }),
      ...begun.rows,
      insertSignIn(primary, { id: uuidv7(now, random), userId, at: now, method: "password", outcome: "succeeded", reasons: [], deviceId: begun.deviceId, ...origin }),
    ],
    audit: { action: "user.signed-up", resource: `user/${userId}`, payload: { sessionId: begun.sessionId } },
    answer: { sessionId: begun.sessionId },
  };
  return { change, entered: begun.entered };
}
