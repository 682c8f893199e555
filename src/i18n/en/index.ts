/**
 * The rooms of the catalogue, a file each, with the tab titles, errors and SMS that only they have. English defines the
 * keys; the other languages must have the same (ICU MessageFormat, no tags).
 * Messages beginning with `tab.` and `sms.` are seen by whoever glances at the phone: they never mention gambling.
 * Write no comma inside a plural's branches: the names of the values are read from these texts by the compiler.
 */
export { account } from "./account.ts";
export { audit } from "./audit.ts";
export { cases } from "./cases.ts";
export { casework } from "./casework.ts";
export { compliance } from "./compliance.ts";
export { conformance } from "./conformance.ts";
export { consent } from "./consent.ts";
export { credentials } from "./credentials.ts";
export { deeds } from "./deeds.ts";
export { desk } from "./desk.ts";
export { ending } from "./ending.ts";
export { error } from "./error.ts";
export { exclude } from "./exclude.ts";
export { factor } from "./factor.ts";
export { held } from "./held.ts";
export { keys } from "./keys.ts";
export { licensing } from "./licensing.ts";
export { mine } from "./mine.ts";
export { notices } from "./notices.ts";
export { number } from "./number.ts";
export { operator } from "./operator.ts";
export { passkey } from "./passkey.ts";
export { people } from "./people.ts";
export { proof } from "./proof.ts";
export { propagation } from "./propagation.ts";
export { rights } from "./rights.ts";
export { signIn } from "./sign-in.ts";
export { site } from "./site.ts";
export { statistics } from "./statistics.ts";
export { stop } from "./stop.ts";
export { tidings } from "./tidings.ts";
export { vault } from "./vault.ts";
export { webhooks } from "./webhooks.ts";
