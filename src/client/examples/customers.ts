import type { Identifiers, MayPlay } from "../conformance/index.ts";
import type { Identifier, RegisterClient } from "../index.ts";

/** Where an operator keeps its customers' tokens: a table of its database, by customer. */
export interface TokenTable {
  get: (customer: string) => string[] | undefined;
  set: (customer: string, tokens: string[]) => unknown;
}

/** What login, deposits, bets and mailings ask before they go on. */
export const customers = (register: RegisterClient, table: TokenTable): MayPlay =>
  (identifiers, purpose) => {
    const customer = JSON.stringify(identifiers);
    return register.mayPlay(table.get(customer) ?? null, purpose, async () => {
      const issued = await register.tokenize(listOf(identifiers));
      const tokens = issued.map(({ token }) => token);
      table.set(customer, tokens);
      return tokens;
    });
  };

const listOf = (identifiers: Identifiers): Identifier[] =>
  Object.entries(identifiers).map(([type, value]) => ({ type: type as Identifier["type"], value }));
