import type { Actor } from "../../../kernel/actor.ts";
import type { Random } from "../../../kernel/clock.ts";
import type { Office } from "../../../office/database.ts";
import { noteRead } from "../../../office/reads.ts";
import { type Refusal, noteRefusal } from "../../../office/refusals.ts";
import type { Assignment, Capability } from "../capabilities.ts";
import type { AccessApi } from "./rpc.ts";
import { holdersOf } from "./store.ts";
import { hashOf, isToken } from "./token.ts";

/** Access by what the office's database knows. */
export const accessBy = (office: Office, random: Random): AccessApi => ({
  async principalOf(token, now) {
    if (!isToken(token)) return null;
    const held = await holdersOf(office, hashOf(token), now);
    const userId = held[0]?.userId;
    if (userId === undefined) return null;
    const assignments = held.flatMap(({ role, operator }): Assignment[] => (role === null ? [] : [{ role, operator: operator || null }]));
    return { userId, assignments };
  },
  read: (read, now) => noteRead(office, read, now, random),
  refused: (actor, capability, now) => noteRefusal(office, accessRefused(actor, capability), now, random),
});

/** That somebody asked for what takes a capability they have not. */
export const accessRefused = (actor: Actor, capability: Capability): Refusal => ({ actor, action: "access.refused", resource: `capability/${capability}`, payload: { capability } });

/** Whoever the first of them knows: each reads tokens of its own form. What is kept of what they do is kept by the first. */
export const anyOf = (...ways: readonly [AccessApi, ...AccessApi[]]): AccessApi => ({
  ...ways[0],
  async principalOf(token, now) {
    for (const way of ways) {
      const principal = await way.principalOf(token, now);
      if (principal) return principal;
    }
    return null;
  },
});
