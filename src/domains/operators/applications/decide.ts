import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import type { Result } from "../../../kernel/result.ts";
import { nameOf } from "../../../office/columns.ts";
import { commit, type CommitRefusal } from "../../../office/commit.ts";
import { type Contact, openContact } from "../../users/index.ts";
import { ACTION_OF, type ApplicationStep } from "./model.ts";
import type { ApplicationParts } from "./parts.ts";
import { isOver, judgeStep, type Outcome, type StepRefusal } from "./rules.ts";
import { applicationByReference, type StoredApplication, updateApplication } from "./store.ts";

/** What an officer does, in the version they read. */
export interface StepOnApplication {
  step: ApplicationStep;
  version: number;
  /** Names nobody. */
  reason: string;
  /** The terms of the licence, with recommending approval. */
  expiresAt?: Instant | undefined;
  conditions?: string[] | undefined;
}

export type StepResult = Result<{ application: StoredApplication }, StepRefusal | CommitRefusal | { refusal: "unknown" }>;

/** Takes a step; of two officers on the same version one is refused. What was approved is carried out afterwards, and again until it is done. */
export async function stepOn(parts: ApplicationParts, actor: Actor, reference: string, asked: StepOnApplication): Promise<StepResult> {
  const { office, clock, random } = parts;
  const found = await applicationByReference(office, reference);
  if (!found) return { ok: false, refusal: "unknown" };
  const [now, by] = [clock(), nameOf(actor)];
  const judged = judgeStep(found, { step: asked.step, by, expiresAt: asked.expiresAt }, now);
  if (!judged.ok) return judged;
  const set = columnsOf(judged.outcome, asked, by, now);
  const { step, reason, version } = asked;
  const done = await commit(office, {
    actor,
    rows: [updateApplication(office.primary, { id: found.id, version }, set, actor, now)],
    audit: { action: `operator-application.${ACTION_OF[step]}`, resource: `operator-application/${reference}`, payload: { state: judged.outcome.state, before: { state: found.state }, reason } },
    answer: {},
  }, { now, random });
  if (!done.ok) return done;
  if (judged.outcome.state === "approved") parts.filled();
  return { ok: true, application: { ...found, ...set, version: version + 1 } };
}

const NOTHING_RECOMMENDED = { recommendation: null, recommendedBy: null, recommendedReason: null, proposedUntil: null, proposedConditions: null } as const;

function columnsOf({ state, recommendation }: Outcome, { step, reason, expiresAt, conditions = [] }: StepOnApplication, by: string, now: Instant): Partial<StoredApplication> {
  const decided = isOver(state) ? { decidedAt: now, decidedBy: by, decisionReason: reason } : {};
  if (step === "confirm") return { state, ...decided };
  if (recommendation === null) return { state, ...NOTHING_RECOMMENDED, ...decided };
  const terms = recommendation === "approve" ? { proposedUntil: expiresAt!, proposedConditions: conditions } : { proposedUntil: null, proposedConditions: null };
  return { state, recommendation, recommendedBy: by, recommendedReason: reason, ...terms };
}

/** Who speaks for a company: noted in the audit log before it is opened. Null when there is no such application, or it was erased. */
export async function readContact({ office, envelope, clock, random }: ApplicationParts, actor: Actor, reference: string, reason: string): Promise<Contact | null> {
  const found = await applicationByReference(office, reference);
  if (!found) return null;
  const audit = { action: "identity.read", resource: `operator-application/${reference}`, payload: { reason, fields: ["name", "email", "phone"] } };
  await commit(office, { actor, rows: [], audit, answer: {} }, { now: clock(), random });
  return found.contact && openContact(envelope, "operatorApplications", found.id, found.contact);
}
