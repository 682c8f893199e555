import type { Page, PageQuery } from "../../../office/page.ts";
import type { UserParts } from "./parts.ts";
import { accountOf, listUsers, sealedOf, type UserFilter, type UserRow } from "./store.ts";
import { maskedOf, type Recognised, type UserView, viewOf } from "./view.ts";

type ReadParts = Pick<UserParts, "office" | "accounts">;

const seen = ({ accounts }: ReadParts, row: UserRow): UserView => viewOf(row, accounts.profileOf(row));

/** One account, deleted or not; null when there is none. */
export async function readUser(parts: ReadParts, id: string): Promise<UserView | null> {
  const account = await accountOf(parts.office, id);
  return account && seen(parts, account);
}

/** Who the holders of these accounts are, only to be recognised, by id; erased ones are left out. */
export async function maskedProfiles({ office, accounts }: ReadParts, ids: readonly string[]): Promise<Map<string, Recognised>> {
  const masked = (await sealedOf(office, ids)).map((sealed) => [sealed.id, maskedOf(accounts.profileOf(sealed))] as const);
  return new Map(masked.filter((one): one is [string, Recognised] => one[1] !== null));
}

/** A page of accounts. */
export async function readUsers(parts: ReadParts, filter: UserFilter, query: PageQuery): Promise<Page<UserView>> {
  const { rows, next } = await listUsers(parts.office, filter, query);
  return { rows: rows.map((row) => seen(parts, row)), next };
}
