import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import type { SessionsRpc } from "../domains/authentication/sessions/rpc.ts";
import { overTls, type PageContext } from "./page.ts";
import { heldSession, visitorOf } from "./session.ts";

const NAME = "visit";
/** Only one's own pages see it. */
const PATH = "/my";
/** As long as origin honours a grant. */
const SECONDS = 15 * 60;

/** Where grants come from. */
export interface GrantSource {
  /** Signs the cookie that holds one. */
  cookieKey: string;
  /** Gives one to somebody who is signed in. */
  sessions: SessionsRpc;
}

/**
 * Keeps the grant a code was traded for in the browser, signed, so that origin is not asked about one that was tampered with. The
 * account of who is signed in hears that its phone was proven; where it cannot, that is said another time.
 */
export async function keepGrant(c: PageContext, grant: string, { cookieKey, sessions }: GrantSource): Promise<void> {
  await setSignedCookie(c, NAME, grant, cookieKey, { path: PATH, maxAge: SECONDS, httpOnly: true, sameSite: "Lax", secure: overTls(c) });
  if (heldSession(c) !== null) await sessions.phoneProven({ visitor: visitorOf(c), grant }).catch(() => null);
}

/** The grant this browser holds; null when there is none, or none that we signed. */
export const heldGrant = async (c: PageContext, key: string): Promise<string | null> =>
  (await getSignedCookie(c, key, NAME)) || null;

export const forgetGrant = (c: PageContext): string | undefined => deleteCookie(c, NAME, { path: PATH, secure: overTls(c) });

const isSignedInOnly = async (c: PageContext, { cookieKey }: GrantSource): Promise<boolean> =>
  heldSession(c) !== null && (await heldGrant(c, cookieKey)) === null;

/**
 * The grant of this request: the one a code was traded for, else one for who is signed in, which nobody keeps: it ends with the
 * session. Null without either; and where nobody can say who is signed in, so that a code opens one's pages all the same.
 */
export async function grantOf(c: PageContext, source: GrantSource): Promise<string | null> {
  if (!(await isSignedInOnly(c, source))) return heldGrant(c, source.cookieKey);
  const given = await source.sessions.grant(visitorOf(c)).catch(() => ({ ok: false as const }));
  return given.ok ? given.grant : null;
}

/** Where somebody who is signed in shows again that it is them, to come back to `page`; null for who came by a code: another is sent. */
export const provingAt = async (c: PageContext, source: GrantSource, page: string): Promise<string | null> =>
  (await isSignedInOnly(c, source)) ? `/account/prove?${new URLSearchParams({ next: page })}` : null;
