import { z } from "zod";
import { type Order, type Page, placeText, readPlace } from "../../../office/page.ts";
import type { AccountParts } from "../parts.ts";
import { enter } from "../sessions/enter.ts";
import type { SessionsRpc, SignInView } from "../sessions/rpc.ts";
import { DEEDS_BY_TIME, deedsPage, SIGN_INS_BY_TIME, type SignInRow, signInsPage } from "./store.ts";

const A_PAGE = 25;

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

const partAfter = (order: Order, after: string | null) => ({ order, limit: A_PAGE, after: readPlace(after, order) });

const listed = <Row, Shown>({ rows, next }: Page<Row>, show: (row: Row) => Shown) => ({ rows: rows.map(show), next: next && placeText(next) });
