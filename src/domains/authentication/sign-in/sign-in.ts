import type { Locale } from "../../../i18n/locales.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Result } from "../../../kernel/result.ts";
import { type Change, commit } from "../../../office/commit.ts";
import type { AccountParts } from "../parts.ts";
import { openHash, sealHash } from "../passwords/sealed.ts";
import { keepHash } from "../passwords/store.ts";
import { readPhone } from "../phone.ts";
import { beginSession } from "../sessions/begin.ts";
import type { Entered } from "../sessions/model.ts";
import { stageAfter } from "../sessions/rules.ts";
import { hashOf, isSecret } from "../sessions/secret.ts";
import { replaceSession } from "../sessions/store.ts";
import type { Visitor } from "../sessions/visitor.ts";
import { succeeded } from "./attempts.ts";
import { read, SignIn } from "./input.ts";
import { historyRow, knock, type Try } from "./knock.ts";
import type { SignInRefusal, SignInRpc } from "./rpc.ts";
import type { Account } from "./store.ts";
import { tellHolder } from "./tell.ts";

type Refused = { ok: false } & SignInRefusal;

/** Somebody at the door, with what they typed. */
export interface Caller {
  visitor: Visitor;
  /** In E.164. */
  number: string;
  password: string;
  locale: Locale;
}

/** Of an account that exists and that somebody may come into: what the change that lets them in is made of. */
interface Opened {
  account: Account;
  dataKey: Uint8Array;
  /** Null when none is there, or none is right just now. */
  hash: string | null;
}

const FAILED: Refused = { ok: false, refusal: "sign-in-failed", field: null };

/** Signs in with phone and password. What is answered, and after how much work, tells nothing of whether the phone has an account. */
export async function signIn(parts: AccountParts, unread: unknown): ReturnType<SignInRpc["signIn"]> {
  const form = read(SignIn, unread);
  if (!form.ok) return FAILED;
  const { visitor, phone, password, locale } = form.request;
  const known = readPhone(phone);
  if (!known.ok) return known;
  if (!(await parts.admits(`sign-in ${visitor.address}`))) return { ok: false, refusal: "too-many-tries", field: null, minutes: 1 };
  return signInWith(parts, { visitor, number: known.number, password, locale });
}

/** The same, once what was typed is read. */
export async function signInWith(parts: AccountParts, caller: Caller): Promise<Result<{ entered: Entered }, SignInRefusal>> {
  const tried = await knock(parts, caller.number, caller.visitor);
  if (tried.minutes !== null) return refuse(parts, caller, tried, { ok: false, refusal: "sign-in-locked", field: null, minutes: tried.minutes });
  const opened = open(parts, tried);
  const isRight = parts.hasher.matches(opened?.hash ?? null, caller.password);
  return isRight && opened ? enter(parts, caller, tried, opened) : refuse(parts, caller, tried, FAILED);
}

/** The hash is looked at only where a password may be right. */
function open({ accounts }: AccountParts, { account, barred }: Try): Opened | null {
  const dataKey = account && accounts.dataKeyOf(account.user);
  if (!account || !dataKey) return null;
  return { account, dataKey, hash: account.sealedHash && barred === null ? openHash(dataKey, account.sealedHash, account.user.id) : null };
}

/** Writes down, when the answer is on its way, what came of a try at an account there is. */
function refuse(parts: AccountParts, { visitor }: Caller, tried: Try, refused: Refused): Refused {
  const { account } = tried;
  const written = account && historyRow(parts, account.user, tried, tried.barred ?? "wrong", account.device?.id ?? null, visitor).run();
  if (written) parts.afterwards(written.catch(() => parts.report("a try to sign in was not written down")));
  return refused;
}

async function enter(parts: AccountParts, caller: Caller, tried: Try, opened: Opened): Promise<Result<{ entered: Entered }, SignInRefusal>> {
  const { change, entered } = entrance(parts, caller, tried, opened);
  const done = await commit(parts.office, change, { now: tried.at, random: parts.random });
  if (!done.ok) return refuse(parts, caller, tried, FAILED);
  if (tried.risks.length > 0) parts.afterwards(tellHolder(parts, opened.account.user, tried.at, caller));
  return { ok: true, entered };
}

/** The session, the device it is on, its line of the history, and failures forgotten: all of it, or nobody comes in. */
function entrance(parts: AccountParts, { visitor, password }: Caller, tried: Try, { account, dataKey, hash }: Opened) {
  const { office, hasher, random } = parts;
  const { user, device: row, assignments } = account;
  const userId = user.id;
  const stage = stageAfter("password", account.hasSecondFactor, assignments);
  const device = isSecret(visitor.device) ? { secret: visitor.device, row } : null;
  const begun = beginSession(office.primary, random, { userId, device, stage, first: "password", second: null, origin: visitor.origin, from: null }, tried.at);
  const sealedHash = hasher.isOutdated(hash!) ? sealHash(dataKey, hasher.hash(password), userId, random) : account.sealedHash!;
  const outcome = stage === "second-factor" ? "second-factor-due" : "succeeded";
  const actor: Actor = { kind: "user", id: userId, origin: visitor.origin };
  const change: Change<object> = {
    actor,
    rows: [
      { exactlyOne: keepHash(office.primary, userId, account.sealedHash!, sealedHash) },
      ...(isSecret(visitor.session) ? [replaceSession(office.primary, hashOf(visitor.session), tried.at)] : []),
      ...begun.rows,
      historyRow(parts, user, tried, outcome, begun.deviceId, visitor),
      succeeded(office, tried.key),
    ],
    audit: { action: "session.begun", resource: `user/${userId}`, payload: { sessionId: begun.sessionId, stage, reasons: tried.risks } },
    answer: {},
  };
  return { change, entered: begun.entered };
}
