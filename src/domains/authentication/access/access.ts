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
