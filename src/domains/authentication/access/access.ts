import type { Office } from "../../../office/database.ts";
import type { Assignment } from "../capabilities.ts";
import type { AccessApi } from "./rpc.ts";
import { holdersOf } from "./store.ts";
import { hashOf, isToken } from "./token.ts";

/** Access by what the office's database knows. */
export const accessBy = (office: Office): AccessApi => ({
  async principalOf(token, now) {
    if (!isToken(token)) return null;
    const held = await holdersOf(office, hashOf(token), now);
    const userId = held[0]?.userId;
    if (userId === undefined) return null;
    const assignments = held.flatMap(({ role, operator }): Assignment[] => (role === null ? [] : [{ role, operator: operator || null }]));
    return { userId, assignments };
  },
});

/** Whoever the first of them knows: each reads tokens of its own form. */
export const anyOf = (...ways: readonly AccessApi[]): AccessApi => ({
  async principalOf(token, now) {
    for (const way of ways) {
      const principal = await way.principalOf(token, now);
      if (principal) return principal;
    }
    return null;
  },
});
