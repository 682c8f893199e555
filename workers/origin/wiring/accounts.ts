import { waitUntil } from "cloudflare:workers";
import argon2 from "@phi-ag/argon2/argon2.wasm";
import { pwnedPasswords } from "../../../src/adapters/breached-passwords/pwned-passwords.ts";
import { accessBy, anyOf } from "../../../src/domains/authentication/access/access.ts";
import { delegatedAccess } from "../../../src/domains/authentication/oauth/access.ts";
import type { OAuthParts } from "../../../src/domains/authentication/oauth/parts.ts";
import { Tokens } from "../../../src/domains/authentication/oauth/tokens.ts";
import type { AccountParts } from "../../../src/domains/authentication/parts.ts";
import { Hasher } from "../../../src/domains/authentication/passwords/hasher.ts";
import type { Ground } from "./ground.ts";
import { report } from "./report.ts";

/** What the verbs on accounts need. */
export function accountsOf(ground: Ground): AccountParts {
  const { settings, office, accounts, envelope, tokenizer, challenge, sms, grants, admits, random, clock } = ground;
  return {
    office, accounts, envelope, tokenizer, challenge, sms, grants, admits, random, clock,
    hasher: new Hasher(new WebAssembly.Instance(argon2), settings.PASSWORD_PEPPER, random),
    ...breachedBy(settings),
    afterwards: waitUntil,
    report: (reason) => report("an account's verb went without", { "event.reason": reason }),
  };
}

export const oauthOf = ({ settings, office, random, clock }: Ground): OAuthParts =>
  ({ office, tokens: new Tokens(settings.OAUTH_SIGNING_KEYS, settings.PUBLIC_URL), clock, random });

/** Who calls the API for staff: with an access token of ours, or one a third party's program was given. */
export const accessOf = (office: Ground["office"], { tokens, random }: OAuthParts) => anyOf(accessBy(office, random), delegatedAccess(office, tokens));

/** Who says whether a password was breached; nobody where none is configured. */
function breachedBy({ PWNED_PASSWORDS_URL: url }: Ground["settings"]): Pick<AccountParts, "breached"> {
  const failed = (reason: string) => report("a password could not be looked up among the breached", { "event.reason": reason });
  return url === "" ? {} : { breached: pwnedPasswords({ url, fetch: (input, init) => fetch(input, init), report: failed }) };
}
