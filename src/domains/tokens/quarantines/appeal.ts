import type { Actor } from "../../../kernel/actor.ts";
import type { Result } from "../../../kernel/result.ts";
import { commit, type CommitRefusal } from "../../../office/commit.ts";
import type { QuarantineParts } from "./parts.ts";
import { judgeAppeal, type QuarantineRefusal } from "./rules.ts";
import { insertQuarantine, quarantineById, type StoredQuarantine, updateQuarantine } from "./store.ts";

/** The quarantine an operator is in, with what was appealed and decided; null when it is in none. The office may not have it yet. */
export async function ownQuarantine({ office, usage }: Pick<QuarantineParts, "office" | "usage">, operator: string): Promise<StoredQuarantine | null> {
  const inForce = await usage(operator).quarantine();
  if (!inForce) return null;
  await insertQuarantine(office.primary, operator, inForce);
  return quarantineById(office, inForce.id);
}

/** Appeals the quarantine an operator is in. */
export async function appeal(
  parts: QuarantineParts, actor: Actor, operator: string, statement: string,
): Promise<Result<{ quarantine: StoredQuarantine }, QuarantineRefusal | CommitRefusal | { refusal: "unknown" }>> {
  const quarantine = await ownQuarantine(parts, operator);
  if (!quarantine) return { ok: false, refusal: "unknown" };
  const judged = judgeAppeal(quarantine.state);
  if (!judged.ok) return judged;
  const now = parts.clock();
  const set = { state: "appealed" as const, statement, appealedAt: now };
  const done = await commit(parts.office, {
    actor,
    rows: [updateQuarantine(parts.office.primary, quarantine, set, actor, now)],
    audit: { action: "token-quarantine.appealed", resource: `token-quarantine/${quarantine.id}`, payload: { operator, statement } },
    answer: {},
  }, { now, random: parts.random });
  return done.ok ? { ok: true, quarantine: { ...quarantine, ...set, version: quarantine.version + 1 } } : done;
}
