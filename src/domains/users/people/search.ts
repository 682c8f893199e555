import type { Result } from "../../../kernel/result.ts";
import { commit } from "../../../office/commit.ts";
import type { Caller } from "../../authentication/capabilities.ts";
import type { UserParts } from "../accounts/parts.ts";
import { type Identifier, type IdentifierRefusal, readIdentifier } from "./identifier.ts";
import { idByKey, isThere } from "./store.ts";

/**
 * The one account that this names, deleted or not; null when there is none. Each search is in the audit log before it is answered, by
 * what kind of identifier and with how many hits, and never for whom. Throws when that cannot be written.
 */
export async function searchUser(parts: UserParts, { actor }: Caller, text: string): Promise<Result<{ userId: string | null }, IdentifierRefusal>> {
  const { office, clock, random } = parts;
  const read = readIdentifier(text);
  if (!read.ok) return read;
  const userId = await idOf(parts, read.identifier);
  const audit = { action: "user.searched", resource: "users", payload: { by: read.identifier.by, hits: userId === null ? 0 : 1 } };
  await commit(office, { actor, rows: [], audit, answer: {} }, { now: clock(), random });
  return { ok: true, userId };
}

async function idOf({ office, accounts }: UserParts, identifier: Identifier): Promise<string | null> {
  if (identifier.by === "id") return (await isThere(office, identifier.id)) ? identifier.id : null;
  if (identifier.by === "email") return idByKey(office, "emailKey", accounts.emailKey(identifier.email));
  return idByKey(office, "phoneKey", accounts.phoneKey(identifier.phone));
}
