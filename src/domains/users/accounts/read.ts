import type { Page, PageQuery } from "../../../office/page.ts";
import type { UserParts } from "./parts.ts";
import { accountOf, listUsers, type UserFilter, type UserRow } from "./store.ts";
import { type UserView, viewOf } from "./view.ts";

type ReadParts = Pick<UserParts, "office" | "accounts">;

const seen = ({ accounts }: ReadParts, row: UserRow): UserView => viewOf(row, accounts.profileOf(row));

/** One account, deleted or not; null when there is none. */
export async function readUser(parts: ReadParts, id: string): Promise<UserView | null> {
  const account = await accountOf(parts.office, id);
  return account && seen(parts, account);
}

/** A page of accounts. */
export async function readUsers(parts: ReadParts, filter: UserFilter, query: PageQuery): Promise<Page<UserView>> {
  const { rows, next } = await listUsers(parts.office, filter, query);
  return { rows: rows.map((row) => seen(parts, row)), next };
}
