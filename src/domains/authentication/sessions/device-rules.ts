import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import type { Ending } from "./model.ts";
import type { DeviceRefusal } from "./rpc.ts";

/** What a holder does with a device, as the audit says it. */
export const DEVICE_ACTS = ["trusted", "distrusted", "blocked", "unblocked", "forgotten"] as const;
export type DeviceAct = (typeof DEVICE_ACTS)[number];

/** What is told of a device: trusted and blocked since when, and by which cookie it is known. */
interface Standing {
  hash: string | null;
  trustedAt: Instant | null;
  blockedAt: Instant | null;
}

/** What changes, null when it is so already; and why sessions on it end, null when they go on. */
interface DeviceChange {
  columns: Partial<Standing> | null;
  ending: Ending | null;
}

const changing = (columns: Partial<Standing> | null, ending: Ending | null = null): { ok: true } & DeviceChange => ({ ok: true, columns, ending });

/** Whether a holder may do this to a device of theirs, and what comes of it. `isThis`: they sit at it. */
export function judgeDevice({ trustedAt, blockedAt }: Standing, act: DeviceAct, isThis: boolean, now: Instant): Result<DeviceChange, DeviceRefusal> {
  if (isThis && (act === "blocked" || act === "forgotten")) return { ok: false, refusal: "this-device" };
  if (act === "forgotten") return changing({ hash: null, trustedAt: null }, "ended");
  if (act === "blocked") return changing(blockedAt === null ? { blockedAt: now, trustedAt: null } : null, "device-blocked");
  if (act === "unblocked") return changing(blockedAt === null ? null : { blockedAt: null });
  if (act === "distrusted") return changing(trustedAt === null ? null : { trustedAt: null });
  if (blockedAt !== null) return { ok: false, refusal: "device-blocked" };
  return changing(trustedAt === null ? { trustedAt: now } : null);
}
