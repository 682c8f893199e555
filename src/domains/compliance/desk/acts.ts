import { z } from "zod";
import { isUuid } from "../../../kernel/ids.ts";
import { enter, read, visitorIn } from "../../users/people/index.ts";
import { proveEntry } from "../prove.ts";
import { note } from "../schema.ts";
import { seeFlag } from "../see.ts";
import type { AuditDeskParts } from "./parts.ts";
import type { SeeFlagRefusal, StaffAuditRpc } from "./rpc.ts";

const id = z.string().refine(isUuid);
const Proven = z.object({ entryId: id });
const Flagged = z.object({ flagId: id, version: z.int().min(1) });
const Noted = z.object({ note });

const refused = <Refusal extends string>(refusal: Refusal) => ({ ok: false, refusal }) as const;

export async function prove(parts: AuditDeskParts, unread: unknown): ReturnType<StaffAuditRpc["prove"]> {
  const entered = await enter(parts, visitorIn(unread), "audit:read");
  if (!entered.ok) return entered;
  const asked = read(Proven, unread);
  if (!asked) return refused("not-found");
  const proven = await proveEntry(parts, asked.entryId);
  return proven.ok ? proven : refused(proven.refusal === "unknown" ? "not-found" : "not-there-yet");
}

const SAID: Partial<Record<string, "not-found" | "own">> = { unknown: "not-found", own: "own" };

export async function see(parts: AuditDeskParts, unread: unknown): Promise<{ ok: true } | ({ ok: false } & SeeFlagRefusal)> {
  const entered = await enter(parts, visitorIn(unread), "audit-flags:note", "fresh");
  if (!entered.ok) return entered;
  const flagged = read(Flagged, unread);
  if (!flagged) return refused("not-found");
  const noted = read(Noted, unread);
  if (!noted) return refused("note-unfit");
  const done = await seeFlag(parts, entered.by.actor, flagged.flagId, { version: flagged.version, note: noted.note });
  return done.ok ? { ok: true } : refused(SAID[done.refusal] ?? "changed");
}
