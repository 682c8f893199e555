import type { Actor } from "../../kernel/actor.ts";
import type { Clock, Random } from "../../kernel/clock.ts";
import type { Result } from "../../kernel/result.ts";
import { nameOf, updatedBy } from "../../office/columns.ts";
import { commit, type CommitRefusal } from "../../office/commit.ts";
import type { Office } from "../../office/database.ts";
import { entryById, flagById, type StoredFlag, updateFlag } from "./store.ts";

export interface SeeParts {
  office: Office;
  clock: Clock;
  random: Random;
}

/** `own`: nobody says of their own act that it was in order. */
export type SeeRefusal = CommitRefusal | { refusal: "unknown" | "own" };

/** Somebody looked at a mark, and says what they found: once, and in the version they read. */
export async function seeFlag(
  { office, clock, random }: SeeParts, actor: Actor, id: string, { note, version }: { note: string; version: number },
): Promise<Result<{ flag: StoredFlag }, SeeRefusal>> {
  const flag = await flagById(office, id);
  const entry = flag && (await entryById(office, flag.entryId));
  if (!flag || !entry) return { ok: false, refusal: "unknown" };
  if (entry.actorKind === actor.kind && entry.actorId === actor.id) return { ok: false, refusal: "own" };
  if (flag.seenAt !== null) return { ok: false, refusal: "conflict" };
  const now = clock();
  const set = { seenAt: now, seenBy: nameOf(actor), note, ...updatedBy(actor, now, version) };
  const done = await commit(office, {
    actor,
    rows: [{ exactlyOne: updateFlag(office.primary, { id, version }, set) }],
    audit: { action: "audit-flag.seen", resource: `audit-flag/${id}`, payload: { entry: entry.id, rule: flag.rule, reason: note } },
    answer: {},
  }, { now, random });
  return done.ok ? { ok: true, flag: { ...flag, ...set } } : done;
}
