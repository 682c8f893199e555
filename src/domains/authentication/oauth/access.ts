import type { Office } from "../../../office/database.ts";
import type { AccessApi } from "../access/rpc.ts";
import type { Assignment, Principal } from "../capabilities.ts";
import { type Scope, SCOPES } from "./model.ts";
import { rolesOf } from "./rules.ts";
import { activeClient, holdersOfFamily } from "./store.ts";
import type { Claims, Tokens } from "./tokens.ts";

const scopeIn = (text: string): Scope[] => SCOPES.filter((scope) => text.split(" ").includes(scope));

/**
 * Access by third parties' tokens: what the holder may do as far as the token's scope goes. Asks the office once, for the
 * holder's roles; a grant that was ended holds no longer, nor does one of a client or a holder who is kept out.
 */
export const delegatedAccess = (office: Office, tokens: Tokens): AccessApi => ({
  async principalOf(token, now) {
    const claims = await tokens.read(token, now);
    if (!claims) return null;
    const through = { clientId: claims.client_id, scope: scopeIn(claims.scope) };
    const holder = claims.sid === undefined ? await program(office, claims) : await granted(office, claims, claims.sid);
    return holder && { ...holder, through };
  },
});

async function granted(office: Office, { sub, client_id }: Claims, sid: string): Promise<Principal | null> {
  const held = await holdersOfFamily(office, sid);
  if (held[0]?.userId !== sub || held[0].clientId !== client_id) return null;
  const assignments = held.flatMap(({ role, operator }): Assignment[] => (role === null ? [] : [{ role, operator: operator || null }]));
  return { userId: sub, assignments };
}

/** An operator's program, for its operator and nobody else. */
async function program(office: Office, { sub, client_id }: Claims): Promise<Principal | null> {
  const found = sub === client_id ? await activeClient(office, client_id) : null;
  return found && { userId: sub, assignments: rolesOf(found.client) };
}
