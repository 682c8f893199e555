import { type Command, once } from "../../../office/commit.ts";
import type { Caller } from "../../authentication/capabilities.ts";
import type { Stated } from "./accounts.ts";
import type { UserParts, UserResult } from "./parts.ts";
import { type Told, viewOf } from "./view.ts";

/** Makes an account without any role. `duplicate`: another has the address, whoever that is. */
export async function createUser({ office, accounts, clock, random }: UserParts, { actor }: Caller, profile: Stated, commandId: string): Promise<UserResult> {
  const now = clock();
  const command: Command = { id: commandId, fingerprint: accounts.fingerprint(profile) };
  const done = await once<Told, never>(office, command, { now, random }, async () => {
    const { id, insert, account } = accounts.newUser(profile, actor, now);
    return { actor, rows: [insert], audit: { action: "user.created", resource: `user/${id}`, payload: {} }, answer: account };
  });
  // Who it is comes from the request, which is the same when it is repeated, so that no answer is stored with it.
  return done.ok ? { ok: true, user: viewOf(done.answer, profile) } : done;
}
