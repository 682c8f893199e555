import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";
import { overTls, type PageContext } from "./page.ts";

const NAME = "visit";
/** Only one's own pages see it. */
const PATH = "/my";
/** As long as origin honours a grant. */
const SECONDS = 15 * 60;

/** Keeps the grant in the browser, signed, so that origin is not asked about one that was tampered with. */
export const keepGrant = (c: PageContext, grant: string, key: string): Promise<void> =>
  setSignedCookie(c, NAME, grant, key, { path: PATH, maxAge: SECONDS, httpOnly: true, sameSite: "Lax", secure: overTls(c) });

/** The grant this browser holds; null when there is none, or none that we signed. */
export const heldGrant = async (c: PageContext, key: string): Promise<string | null> =>
  (await getSignedCookie(c, key, NAME)) || null;

export const forgetGrant = (c: PageContext): string | undefined => deleteCookie(c, NAME, { path: PATH, secure: overTls(c) });
