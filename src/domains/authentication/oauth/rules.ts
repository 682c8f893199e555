import { sha256 } from "@noble/hashes/sha2.js";
import { equalBytes, toBase64Url, utf8 } from "../../../kernel/bytes.ts";
import { DAY, type Instant, MINUTE, SECOND } from "../../../kernel/clock.ts";
import { type Assignment, holds } from "../capabilities.ts";
import { type Client, type Scope, SCOPES } from "./model.ts";

export const ACCESS_LIFE = 5 * MINUTE;
export const CODE_LIFE = MINUTE;
/** A code that comes back is noticed for so long. */
export const CODE_KEPT_FOR = DAY;
/** Then its holder is led through the consent page again. */
export const FAMILY_LIFE = 30 * DAY;
/** A client that did not hear the answer to its refresh gets the same one again for so long. */
const REPEATABLE_FOR = 10 * SECOND;

const MOST_URI = 512;
const LOOPBACK = /^(http:\/\/127\.0\.0\.1)(?::\d{1,5})?(\/.*)$/;

/** A host by its name or IPv4 address: what stands in a policy's list of sources and means itself there. */
const HOST = /^[a-z0-9.-]+$/;

/** Whether a text is a URI in the one spelling the URL standard gives it, so that two that are equal are equal texts. */
function isCanonical(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.href === text && HOST.test(url.hostname) && url.username === "" && url.password === "" && !text.includes("#");
}

/**
 * Whether a client may register it to be led back to: https, or http to this very machine for a native app (RFC 8252 §7.3).
 * Schemes of apps' own are refused, as any app can claim one, and so is `localhost`, which need not be this machine.
 */
export const isRedirectUri = (text: string): boolean =>
  text.length <= MOST_URI && isCanonical(text) && (text.startsWith("https://") || LOOPBACK.test(text));

/** Whether a redirect is to the machine it is asked from: any program there can listen. */
const isLoopback = (uri: string): boolean => LOOPBACK.test(uri);

const withoutPort = (uri: string): string => uri.replace(LOOPBACK, "$1$2");

/** Whether a client may be led back there: to exactly what was registered, on this machine by any port (RFC 9700 §2.1). */
export const leadsBack = ({ redirectUris }: Pick<Client, "redirectUris">, asked: string): boolean =>
  redirectUris.includes(asked) || (isRedirectUri(asked) && isLoopback(asked) && redirectUris.map(withoutPort).includes(withoutPort(asked)));

const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

export const isChallenge = (text: string | null): text is string => text !== null && CHALLENGE.test(text);

/** Whether a verifier is the one a challenge was made of by S256 (RFC 7636 §4.6). */
export const proves = (verifier: string, challenge: string): boolean =>
  VERIFIER.test(verifier) && equalBytes(utf8(toBase64Url(sha256(utf8(verifier)))), utf8(challenge));

/** The scopes of a request, all that are allowed where it names none; null when one is not among them (RFC 6749 §3.3). */
export function readScopes(text: string | null, allowed: readonly Scope[]): Scope[] | null {
  if (text === null) return [...allowed];
  const asked = text.split(" ");
  return asked.every((one) => allowed.includes(one as Scope)) ? SCOPES.filter((scope) => asked.includes(scope)) : null;
}

/** Those of the scopes that whoever holds these roles can give. */
export const heldOf = (scopes: readonly Scope[], assignments: readonly Assignment[]): Scope[] => scopes.filter((scope) => holds(assignments, scope));

/**
 * Whether somebody who agreed to these scopes need not be asked. What only a port of their machine vouches for is asked about
 * each time (RFC 8252 §8.6).
 */
export const isRemembered = (agreed: readonly Scope[], scopes: readonly Scope[], redirectUri: string): boolean =>
  !isLoopback(redirectUri) && scopes.every((scope) => agreed.includes(scope));

/** The role an operator's own program acts in, for its operator. */
const PROGRAM = "api_user";

export const rolesOf = ({ operator }: Pick<Client, "operator">): Assignment[] => (operator === null ? [] : [{ role: PROGRAM, operator }]);

/** Why a client cannot be as it is described; null when it can. */
export function faultOf(
  { confidential, redirectUris, scopes, grants, operator }: Omit<Client, "id" | "name">,
): "redirect-uris-unfit" | "program-unfit" | null {
  const forPeople = grants.includes("authorization_code");
  if (forPeople !== redirectUris.length > 0 || !redirectUris.every(isRedirectUri)) return "redirect-uris-unfit";
  if (!grants.includes("client_credentials")) return null;
  return confidential && operator !== null && heldOf(scopes, rolesOf({ operator })).length > 0 ? null : "program-unfit";
}

/**
 * What a refresh token of this generation means: the next one is due; its answer was lost and is given again; or it was
 * used before, and somebody else may have it.
 */
export function judgeRefresh(family: { generation: number; rotatedAt: Instant }, generation: number, now: Instant): "rotate" | "repeat" | "reused" {
  if (generation === family.generation) return "rotate";
  return generation === family.generation - 1 && now < family.rotatedAt + REPEATABLE_FOR ? "repeat" : "reused";
}

/** An instant as tokens say it (RFC 7519 §2, NumericDate). */
export const inSeconds = (at: Instant): number => Math.floor(at / SECOND);
