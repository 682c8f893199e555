import { z } from "zod";
import type { Cursor, Order, Page } from "../../../office/page.ts";
import type { AccountParts } from "../parts.ts";
import { enter } from "../sessions/enter.ts";
import type { SessionsRpc, SignInView } from "../sessions/rpc.ts";
import { DEEDS_BY_TIME, deedsPage, SIGN_INS_BY_TIME, type SignInRow, signInsPage } from "./store.ts";

const A_PAGE = 25;

/** An instant, and what tells apart what happened at it. */
const PLACE = /^(\d{1,15})[.]([\da-f-]{1,36})$/;

const Turning = z.object({ visitor: z.unknown(), after: z.string().max(64).nullable().catch(null) }).catch({ visitor: null, after: null });

export async function history(parts: AccountParts, unread: unknown): ReturnType<SessionsRpc["history"]> {
  const { visitor, after } = Turning.parse(unread);
  const entered = await enter(parts, visitor);
  if (!entered.ok) return entered;
  return { ok: true, ...listed(await signInsPage(parts.office, entered.holder.userId, partAfter(SIGN_INS_BY_TIME["-at"], after)), seen) };
}

const seen = ({ at, method, outcome, reasons, agent, country, county }: SignInRow): SignInView =>
  ({ at, method, outcome, reasons: reasons as SignInView["reasons"], agent, country, county });

export async function activity(parts: AccountParts, unread: unknown): ReturnType<SessionsRpc["activity"]> {
  const { visitor, after } = Turning.parse(unread);
  const entered = await enter(parts, visitor);
  if (!entered.ok) return entered;
  const page = await deedsPage(parts.office, entered.holder.userId, partAfter(DEEDS_BY_TIME["-at"], after));
  return { ok: true, ...listed(page, ({ at, action, agent, country, county }) => ({ at, action, agent, country, county })) };
}

const partAfter = (order: Order, after: string | null) => ({ order, limit: A_PAGE, after: placeIn(after, order) });

/** Whatever nobody made begins: it reaches nothing but one's own either way. */
function placeIn(after: string | null, { columns }: Order): Cursor | null {
  const [, at, last] = PLACE.exec(after ?? "") ?? [];
  if (at === undefined || last === undefined) return null;
  if (columns.at(-1)!.dataType === "string") return [Number(at), last];
  return Number.isSafeInteger(Number(last)) ? [Number(at), Number(last)] : null;
}

const listed = <Row, Shown>({ rows, next }: Page<Row>, show: (row: Row) => Shown) => ({ rows: rows.map(show), next: next && next.join(".") });
