import type { Locale } from "../../../i18n/locales.ts";
import { commit } from "../../../office/commit.ts";
import type { AccountParts } from "../parts.ts";
import { sealHash } from "../passwords/sealed.ts";
import { keepHash } from "../passwords/store.ts";
import { beginSession } from "../sessions/begin.ts";
import type { Entered } from "../sessions/model.ts";
import { stageAfter } from "../sessions/rules.ts";
import { hashOf, isSecret } from "../sessions/secret.ts";
import { replaceSession } from "../sessions/store.ts";
import type { Visitor } from "../sessions/visitor.ts";
import { succeeded } from "./attempts.ts";
import { type Try, written } from "./knock.ts";
import { type Account, insertSignIn } from "./store.ts";
import { tellHolder } from "./tell.ts";

/** Somebody at the door, with what they typed. */
export interface Caller {
  visitor: Visitor;
  /** In E.164. */
  number: string;
  password: string;
  locale: Locale;
}

/** An account, its password as it was read and as it was opened. */
export interface Opened {
  account: Account;
  dataKey: Uint8Array;
  sealedHash: Uint8Array;
  hash: string;
}

/**
 * Lets in whose password was right: the session, the device it is on, its line of the history, and failures forgotten, or nothing of it.
 * Null when the password was changed since it was read.
 */
export async function enter(parts: AccountParts, caller: Caller, tried: Try, opened: Opened): Promise<Entered | null> {
  const { office, random } = parts;
  const { visitor } = caller;
  const { user } = opened.account;
  const { rows, entered, sessionId, deviceId } = begin(parts, visitor, tried, opened.account);
  const outcome = entered.stage === "second-factor" ? "second-factor-due" : "succeeded";
  const done = await commit(office, {
    actor: { kind: "user", id: user.id, origin: visitor.origin },
    rows: [
      { exactlyOne: keepHash(office.primary, user.id, opened.sealedHash, renewed(parts, caller, opened)) },
      ...rows,
      insertSignIn(office.primary, { userId: user.id, ...written(parts, tried, outcome, deviceId, visitor) }),
      succeeded(office, tried.key),
    ],
    audit: { action: "session.begun", resource: `user/${user.id}`, payload: { sessionId, stage: entered.stage, reasons: tried.risks } },
    answer: {},
  }, { now: tried.at, random });
  if (!done.ok) return null;
  if (tried.risks.length > 0) parts.afterwards(tellHolder(parts, user, tried.at, caller));
  return entered;
}

/** A session in the place of the one this browser held. */
function begin({ office: { primary }, random }: AccountParts, { session, device, origin }: Visitor, { at }: Try, account: Account) {
  const stage = stageAfter("password", account.hasSecondFactor, account.assignments);
  const held = isSecret(device) ? { secret: device, row: account.device } : null;
  const begun = beginSession(primary, random, { userId: account.user.id, device: held, stage, first: "password", second: null, origin, from: null }, at);
  return { ...begun, rows: [...(isSecret(session) ? [replaceSession(primary, hashOf(session), at)] : []), ...begun.rows] };
}

/** The hash as it is to be kept: made anew where hashes cost more by now. */
const renewed = ({ hasher, random }: AccountParts, { password }: Caller, { account, dataKey, sealedHash, hash }: Opened): Uint8Array =>
  hasher.isOutdated(hash) ? sealHash(dataKey, hasher.hash(password), account.user.id, random) : sealedHash;
