import type { Actor } from "../../../kernel/actor.ts";
import { fromHex } from "../../../kernel/bytes.ts";
import { uuidv8 } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import { nameOf } from "../../../office/columns.ts";
import { commit, type Command, type CommitRefusal } from "../../../office/commit.ts";
import { drainEvents } from "../../../office/drain.ts";
import type { QuarantineStep } from "./model.ts";
import type { QuarantineParts } from "./parts.ts";
import { judgeStep, type QuarantineRefusal } from "./rules.ts";
import { insertQuarantine, quarantineById, type StoredQuarantine, updateQuarantine } from "./store.ts";

/** A quarantine was lifted; its operator's object has yet to hear. */
const LIFTED = "token-quarantine.lifted";

/** What an officer decides, in the version they read. */
export interface QuarantineDecision {
  step: QuarantineStep;
  reason: string;
  version: number;
}

/** Of two who decide on the same version one is refused. The operator gets tokens again once its object was told, within a minute. */
export async function decideQuarantine(
  parts: QuarantineParts, actor: Actor, id: string, { step, reason, version }: QuarantineDecision,
): Promise<Result<{ quarantine: StoredQuarantine }, QuarantineRefusal | CommitRefusal | { refusal: "unknown" }>> {
  const quarantine = await quarantineById(parts.office, id);
  if (!quarantine) return { ok: false, refusal: "unknown" };
  const judged = judgeStep(quarantine.state, step);
  if (!judged.ok) return judged;
  const now = parts.clock();
  const set = { state: judged.state, decision: reason, decidedAt: now, decidedBy: nameOf(actor) };
  const done = await commit(parts.office, {
    actor,
    rows: [updateQuarantine(parts.office.primary, { id, version }, set, actor, now)],
    audit: { action: `token-quarantine.${judged.state}`, resource: `token-quarantine/${id}`, payload: { operator: quarantine.operator, reason, before: { state: quarantine.state } } },
    events: judged.state === "lifted" ? [{ topic: LIFTED, subject: id, payload: {} }] : [],
    answer: {},
  }, { now, random: parts.random });
  if (!done.ok) return done;
  parts.filled();
  return { ok: true, quarantine: { ...quarantine, ...set, version: version + 1 } };
}

/** Tells operators' objects what was lifted, right after the commit and each minute. */
export const carryQuarantines = (parts: Pick<QuarantineParts, "office" | "usage">, report: (error: unknown) => void): Promise<void> =>
  drainEvents({ office: parts.office, report, handlers: { [LIFTED]: ({ subject }) => lift(parts, subject) } });

async function lift({ office, usage }: Pick<QuarantineParts, "office" | "usage">, id: string): Promise<void> {
  const lifted = await quarantineById(office, id);
  if (lifted) await usage(lifted.operator).liftQuarantine({ operator: lifted.operator, id, by: lifted.decidedBy!, at: lifted.decidedAt! });
}

/** By hand: it holds from here on, whether or not the office can be written. Repeatable by the command. */
export async function quarantineByHand(
  parts: QuarantineParts, actor: Actor, command: Command, { operator, reason }: { operator: string; reason: string },
): Promise<Result<{ quarantine: StoredQuarantine }, CommitRefusal>> {
  const id = uuidv8(fromHex(command.id));
  const inForce = await parts.usage(operator).putQuarantine({ operator, id, reason, by: nameOf(actor) });
  const now = parts.clock();
  const done = await commit(parts.office, {
    actor,
    rows: [insertQuarantine(parts.office.primary, operator, inForce)],
    audit: { action: "token-quarantine.put", resource: `token-quarantine/${inForce.id}`, payload: { operator, reason } },
    answer: {},
  }, { now, random: parts.random }, command);
  return done.ok ? { ok: true, quarantine: (await quarantineById(parts.office, inForce.id))! } : done;
}
