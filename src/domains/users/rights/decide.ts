import type { Actor } from "../../../kernel/actor.ts";
import type { Result } from "../../../kernel/result.ts";
import { nameOf } from "../../../office/columns.ts";
import { commit, type CommitRefusal } from "../../../office/commit.ts";
import { TOLD } from "./erasure.ts";
import type { RequestReason } from "./model.ts";
import { type RightsParts, told } from "./parts.ts";
import { type DecisionRefusal, isOpen, judgeStep, type Step } from "./rules.ts";
import { requestByReference, type StoredRequest, updateRequest } from "./store.ts";

/** What an officer decides of a request, in the version they read. */
export interface Decision {
  step: Step;
  reasons: RequestReason[];
  version: number;
}

type Refused = { refusal: "request-unknown" } | DecisionRefusal | CommitRefusal;

/** Takes a request up, answers or refuses it; the person is told. Of two who decide on the same version one is refused. */
export async function decide(parts: RightsParts, actor: Actor, reference: string, { step, reasons, version }: Decision): Promise<Result<{ request: StoredRequest }, Refused>> {
  const request = await requestByReference(parts.office, reference);
  if (!request) return { ok: false, refusal: "request-unknown" };
  const judged = judgeStep(request, step, reasons);
  if (!judged.ok) return judged;
  const now = parts.clock();
  const { state } = judged;
  const set = { state, reasons, ...(!isOpen(state) && { decidedAt: now, decidedBy: nameOf(actor), lookAgainAt: null }) };
  const said = told(request.kind, state, reasons);
  const done = await commit(parts.office, {
    actor,
    rows: [updateRequest(parts.office.primary, { id: request.id, version }, set, actor, now)],
    audit: { action: `data-request.${state}`, resource: `data-request/${reference}`, payload: { ...said, before: { state: request.state } } },
    events: [{ topic: TOLD, subject: request.personId, payload: { reference, ...said } }],
    answer: {},
  }, { now, random: parts.random });
  if (!done.ok) return done;
  parts.eventsFilled();
  return { ok: true, request: { ...request, ...set, version: version + 1 } };
}

/** What the person said, for an officer: noted in the audit log before it is read. */
export async function readForOfficer(parts: RightsParts, actor: Actor, { reference, personId, subject }: StoredRequest): Promise<string | null> {
  if (subject === null) return null;
  const audit = { action: "data-request.statement-read", resource: `data-request/${reference}`, payload: {} };
  await commit(parts.office, { actor, rows: [], audit, answer: {} }, { now: parts.clock(), random: parts.random });
  return parts.person(personId).statement(reference);
}
