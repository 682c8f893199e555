import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { originOf } from "../api/request-origin.ts";
import { overTls, type PageContext } from "./page.ts";

const DEVICE_SECONDS = 400 * 86_400;

/** Over TLS no other host can set them (RFC 6265bis, cookie prefixes). */
const nameOf = (c: PageContext, name: "session" | "device"): string => (overTls(c) ? `__Host-${name}` : name);

const attributes = (c: PageContext) => ({ path: "/", httpOnly: true, sameSite: "Lax", secure: overTls(c) }) as const;

/** Keeps who is signed in until the browser closes, and the device beyond it. */
export function keepSession(c: PageContext, { session, device }: { session: string; device: string }): void {
  setCookie(c, nameOf(c, "session"), session, attributes(c));
  setCookie(c, nameOf(c, "device"), device, { ...attributes(c), maxAge: DEVICE_SECONDS });
}

export const heldSession = (c: PageContext): string | null => getCookie(c, nameOf(c, "session")) ?? null;

export const forgetSession = (c: PageContext): string | undefined => deleteCookie(c, nameOf(c, "session"), attributes(c));

/** Whoever knocks: the cookies of this browser, and where it is, coarse. */
export const visitorOf = (c: PageContext) => ({
  session: heldSession(c),
  device: getCookie(c, nameOf(c, "device")) ?? null,
  address: c.req.header("cf-connecting-ip") ?? "unknown",
  origin: originOf(c.req.raw, c.var.requestId),
});
