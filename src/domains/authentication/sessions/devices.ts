import { commit } from "../../../office/commit.ts";
import type { AccountParts } from "../parts.ts";
import { type DeviceAct, judgeDevice } from "./device-rules.ts";
import { enter, type Holder, OneOfForm } from "./enter.ts";
import type { SessionsRpc } from "./rpc.ts";
import { changeDevice, deviceOfAccount, endSessionsOn } from "./store.ts";

type DeviceAnswer = ReturnType<SessionsRpc["trust"]>;

export const trust = (parts: AccountParts, unread: unknown): DeviceAnswer => act(parts, unread, "trusted");
export const distrust = (parts: AccountParts, unread: unknown): DeviceAnswer => act(parts, unread, "distrusted");
export const block = (parts: AccountParts, unread: unknown): DeviceAnswer => act(parts, unread, "blocked");
export const unblock = (parts: AccountParts, unread: unknown): DeviceAnswer => act(parts, unread, "unblocked");
export const forget = (parts: AccountParts, unread: unknown): DeviceAnswer => act(parts, unread, "forgotten");

/** To shut a device out takes no fresh proof: whoever sees a stranger's does it at once. */
async function act(parts: AccountParts, unread: unknown, what: DeviceAct): DeviceAnswer {
  const { visitor, id } = OneOfForm.parse(unread);
  const entered = await enter(parts, visitor, what === "blocked" ? null : "fresh");
  return entered.ok ? change(parts, entered.holder, id, what) : entered;
}

/** A device that is shut out or forgotten takes its sessions along, in the same batch. */
async function change({ office, clock, random }: AccountParts, { session, userId, actor }: Holder, id: string, what: DeviceAct): DeviceAnswer {
  const device = await deviceOfAccount(office, userId, id);
  if (!device) return { ok: false, refusal: "unknown" };
  const now = clock();
  const judged = judgeDevice(device, what, session.deviceId === id, now);
  if (!judged.ok) return judged;
  if (!judged.columns) return { ok: true };
  const done = await commit(office, {
    actor,
    rows: [
      { exactlyOne: changeDevice(office.primary, device, judged.columns) },
      ...(judged.ending ? [endSessionsOn(office.primary, id, judged.ending, now)] : []),
    ],
    audit: { action: `device.${what}`, resource: `user/${userId}`, payload: { deviceId: id } },
    answer: {},
  }, { now, random });
  return done.ok ? { ok: true } : { ok: false, refusal: "changed-meanwhile" };
}
