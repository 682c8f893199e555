import type { AccountParts } from "../parts.ts";
import { enter } from "./enter.ts";
import type { DeviceView, SessionsRpc, SessionView } from "./rpc.ts";
import { BY_BEGINNING, BY_LAST_SEEN, type DeviceRow, devicesPage, type SessionRow, sessionsPage } from "./store.ts";

/** More than anybody has. */
const MOST = 100;

export async function list(parts: AccountParts, unread: unknown): ReturnType<SessionsRpc["list"]> {
  const entered = await enter(parts, unread);
  if (!entered.ok) return entered;
  const { session, userId } = entered.holder;
  const { rows } = await sessionsPage(parts.office, userId, parts.clock(), { order: BY_BEGINNING["-createdAt"], limit: MOST, after: null });
  return { ok: true, sessions: rows.map((row) => seenSession(row, session.id)) };
}

function seenSession({ id, stage, createdAt, seenAt, agent, country, county }: SessionRow, here: string): SessionView {
  return { id, isThis: id === here, stage, createdAt, seenAt, agent, country, county };
}

export async function devices(parts: AccountParts, unread: unknown): ReturnType<SessionsRpc["devices"]> {
  const entered = await enter(parts, unread);
  if (!entered.ok) return entered;
  const { session, userId } = entered.holder;
  const { rows } = await devicesPage(parts.office, userId, { order: BY_LAST_SEEN["-lastSeenAt"], limit: MOST, after: null });
  return { ok: true, devices: rows.map((row) => seenDevice(row, session.deviceId)) };
}

function seenDevice({ id, trustedAt, blockedAt, firstSeenAt, lastSeenAt, signIns, agent, country, county }: DeviceRow, here: string): DeviceView {
  return {
    id, isThis: id === here, isTrusted: trustedAt !== null, isBlocked: blockedAt !== null, firstSeenAt, lastSeenAt, signIns, agent, country, county,
  };
}
