import type { Result } from "../../../kernel/result.ts";
import { noteRefusal } from "../../../office/refusals.ts";
import type { AccountParts } from "../parts.ts";
import { openHash } from "../passwords/sealed.ts";
import { readPhone } from "../phone.ts";
import { refusedEntry } from "../refused.ts";
import type { Entered } from "../sessions/model.ts";
import { type Caller, enter, type Opened } from "./enter.ts";
import { read, SignIn } from "./input.ts";
import { knock, type Try, written } from "./knock.ts";
import type { SignInRefusal, SignInRpc } from "./rpc.ts";
import { noteTry } from "./store.ts";

type Refused = { ok: false } & SignInRefusal;

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
  const entered = opened && isRight ? await enter(parts, caller, tried, opened) : null;
  return entered ? { ok: true, entered } : refuse(parts, caller, tried, FAILED);
}

/** The account's hash, where a password may be right. */
function open({ accounts }: AccountParts, { account, barred }: Try): Opened | null {
  if (!account?.sealedHash || barred !== null) return null;
  const { user, sealedHash } = account;
  const dataKey = accounts.dataKeyOf(user);
  return dataKey && { account, dataKey, sealedHash, hash: openHash(dataKey, sealedHash, user.id) };
}

/** Has written down, beside the answer, what came of a try; where there is no account, the same statement writes nothing. */
function refuse(parts: AccountParts, { visitor }: Caller, tried: Try, refused: Refused): Refused {
  const row = written(parts, tried, tried.barred ?? "wrong", tried.account?.device?.id ?? null, visitor);
  const noted = noteTry(parts.office.primary, tried.phoneKey, row).run();
  const { account } = tried;
  const audited = noted.then(() => account && noteRefusal(parts.office, refusedEntry(account.user.id, visitor, { by: "password", outcome: row.outcome }), tried.at, parts.random));
  parts.afterwards(audited.catch(() => parts.report("a try to sign in was not written down")));
  return refused;
}
