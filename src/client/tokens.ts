import { isKind, type Kind } from "../bst/kinds.ts";
import { parseToken } from "../bst/text.ts";
import { isObject } from "./answers.ts";
import { ask, type Connection, SLOW } from "./http.ts";

export interface Identifier {
  type: Kind;
  /** As the customer wrote it. */
  value: string;
}

export interface Token {
  type: Kind;
  token: string;
}

/** What `RegisterClient.tokenize` says. */
export async function issuedTokens(connection: Connection, identifiers: readonly Identifier[]): Promise<Token[]> {
  const { tokens } = await ask({ ...connection, ...SLOW }, "POST", "/v1/tokens", { identifiers });
  return readTokens(tokens, identifiers);
}

/** One token of the right kind for each; throws Error when that is not what came. */
export function readTokens(tokens: unknown, asked: readonly { type: Kind }[]): Token[] {
  const given: unknown[] = Array.isArray(tokens) && tokens.length === asked.length ? tokens : [];
  const read = given.flatMap((one, at) => {
    const { type } = asked[at]!;
    const token = isObject(one) && typeof one.token === "string" ? one.token : "";
    return isKind(type) && parseToken(token)?.kind === type ? [{ type, token }] : [];
  });
  if (read.length !== asked.length) throw new Error("the answer is not one token for each identifier");
  return read;
}
