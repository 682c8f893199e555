import type { RequestOrigin } from "../../../kernel/actor.ts";
import type { Clock, Random } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Office } from "../../../office/database.ts";
import type { Client, Issued, TokenError } from "./model.ts";
import type { Tokens } from "./tokens.ts";

/** What the authorization server works with. Whatever of it fails throws: nothing was granted, or nobody heard of it. */
export interface OAuthParts {
  office: Office;
  tokens: Tokens;
  clock: Clock;
  random: Random;
}

/** A client that proved itself as well as it can, and where its request came from. */
export interface Caller {
  client: Client;
  origin: RequestOrigin;
}

export type TokenRefusal = { error: TokenError };
export type TokenResult<T> = Result<T, TokenRefusal>;

/** What the token endpoint answers, or why not. */
export type Granted = Promise<TokenResult<{ issued: Issued }>>;

export const refused = (error: TokenError): { ok: false } & TokenRefusal => ({ ok: false, error });
