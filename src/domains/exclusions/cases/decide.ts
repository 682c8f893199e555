import type { Actor } from "../../../kernel/actor.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import type { Result } from "../../../kernel/result.ts";
import { nameOf } from "../../../office/columns.ts";
import { commit } from "../../../office/commit.ts";
import { noteRefusal } from "../../../office/refusals.ts";
import { CARRY } from "./carry.ts";
import { type Act, isThirdParty, type Proposal } from "./model.ts";
import type { Acting, CaseParts } from "./parts.ts";
import { dueAfterHearing, type Facts, hearingUntil, judgeProposal, mayObject, measureRuns, outcomeOf, type ProposalRefusal, registerAct, takesOne } from "./rules.ts";
import { NO_PROPOSAL, proposalOf, type Step, step } from "./step.ts";
import {
  caseByReference, decisionsOf, evidenceOf, insertDecision, partiesOf, statementsOf, type StoredCase, type StoredDecision, type StoredParty, updateParty,
} from "./store.ts";
import { tellingParties, tellingSubject } from "./tell.ts";

/** What an officer wants, in the version they read. */
export interface Wanted {
  version: number;
  /** Names nobody. */
  reason: string;
}

export type DecideRefusal =
  | ProposalRefusal
  | { refusal: "case-unknown" | "conflict" | "proposal-waits" | "nothing-proposed" | "own-proposal" };
export type DecideResult = Result<{ version: number }, DecideRefusal>;

const refuse = <Refusal extends DecideRefusal["refusal"]>(refusal: Refusal) => ({ ok: false, refusal }) as const;

type Refused = ReturnType<typeof refuse>;

/** Takes an officer's step on the version they read; of two on the same one is refused. */
async function take(
  parts: CaseParts, actor: Actor, reference: string, { version, reason }: Wanted, stepOf: (found: StoredCase, acting: Acting) => Promise<Step | Refused>,
): Promise<DecideResult> {
  const found = await caseByReference(parts.office, reference);
  if (!found) return refuse("case-unknown");
  const acting = { actor, now: parts.clock() };
  const next = await stepOf(found, acting);
  if ("ok" in next) return next;
  const change = step(parts, acting, { ...found, version }, { reason, ...next }, {});
  if (!change) return refuse("not-now");
  const done = await commit(parts.office, change, { now: acting.now, random: parts.random });
  if (!done.ok) return refuse("conflict");
  parts.filled();
  return { ok: true, version: version + 1 };
}

/** The person is told that they can be heard; the reason is what they read on their page. */
export const notify = (parts: CaseParts, actor: Actor, reference: string, wanted: Wanted): Promise<DecideResult> =>
  take(parts, actor, reference, wanted, async (found, { now }) => {
    if (!isThirdParty(found.kind)) return refuse("act-unfit");
    const until = hearingUntil(now, parts.settings);
    return {
      event: "notified",
      set: { hearingUntil: until, notice: wanted.reason, dueAt: dueAfterHearing(until, parts.settings) },
      events: await tellingParties(parts, found, "heard", ({ role }) => role === "subject"),
    };
  });

/** What rests on more than the case's own row. */
async function factsOf({ office }: CaseParts, { id }: StoredCase, now: Instant): Promise<Facts> {
  const [decisions, evidence, parties, statements] = await Promise.all([decisionsOf(office, id), evidenceOf(office, id), partiesOf(office, id), statementsOf(office, id)]);
  const subject = parties.find(({ role }) => role === "subject");
  return {
    now,
    files: evidence.length,
    heard: statements.some(({ partyId }) => partyId === subject?.id),
    deciders: decisions.flatMap(({ proposedBy, secondedBy }) => [proposedBy, ...(secondedBy === null ? [] : [secondedBy])]),
  };
}

/** Proposes an act, or decides it where one officer may. Another's proposal is seconded or sent back first. */
export const propose = (parts: CaseParts, actor: Actor, reference: string, { act, until, ...wanted }: Wanted & Pick<Proposal, "act" | "until">): Promise<DecideResult> =>
  take(parts, actor, reference, wanted, async (found, { now }) => {
    const by = nameOf(actor);
    if (found.proposedBy !== null && found.proposedBy !== by) return refuse("proposal-waits");
    const proposal = { act, until, reason: wanted.reason, by, at: now };
    const judged = judgeProposal(found, proposal, await factsOf(parts, found, now));
    if (!judged.ok) return judged;
    if (takesOne(found.kind)) return deciding(parts, found, proposal, null, { actor, now });
    return { event: "proposed", act, payload: { until }, set: { proposedAct: act, proposedReason: wanted.reason, proposedBy: by, proposedAt: now, proposedUntil: until } };
  });

/** Seconds another's proposal, as it stands in the version that was read: whoever changed it meanwhile has another version. */
export const second = (parts: CaseParts, actor: Actor, reference: string, wanted: Wanted): Promise<DecideResult> =>
  take(parts, actor, reference, wanted, async (found, { now }) => {
    const proposal = proposalOf(found);
    if (!proposal) return refuse("nothing-proposed");
    const by = nameOf(actor);
    if (proposal.by === by) return ownProposal(parts, found, { actor, now });
    const facts = await factsOf(parts, found, now);
    const judged = judgeProposal(found, proposal, facts);
    if (!judged.ok) return judged;
    if (found.state === "appealed" && facts.deciders.includes(by)) return refuse("decided-before");
    return deciding(parts, found, proposal, { by, reason: wanted.reason }, { actor, now });
  });

/** Whoever would decide alone is not only refused. */
async function ownProposal({ office, random }: CaseParts, { reference }: StoredCase, { actor, now }: Acting) {
  await noteRefusal(office, { actor, action: "case.seconded", resource: `case/${reference}`, payload: { refusal: "own-proposal" } }, now, random);
  return refuse("own-proposal");
}

export const sendBack = (parts: CaseParts, actor: Actor, reference: string, wanted: Wanted): Promise<DecideResult> =>
  take(parts, actor, reference, wanted, async (found) => {
    const proposal = proposalOf(found);
    return proposal ? { event: "sent-back", act: proposal.act, set: NO_PROPOSAL } : refuse("nothing-proposed");
  });

/** Of what officers filed for others: what a citizen filed is theirs to take back, or decided. */
export const withdraw = (parts: CaseParts, actor: Actor, reference: string, wanted: Wanted): Promise<DecideResult> =>
  take(parts, actor, reference, wanted, async (found, { now }) => {
    if (!isOfficers(found)) return refuse("act-unfit");
    if (measureRuns(found, now)) return refuse("not-now");
    return { event: "withdrawn", set: { voices: 0 }, events: await tellingSubject(parts, found) };
  });

export const isOfficers = ({ kind }: Pick<StoredCase, "kind">): boolean => kind === "operator" || kind === "court";

/** One officer is enough to stop an annulment, in Register first. */
export const stop = (parts: CaseParts, actor: Actor, reference: string, wanted: Wanted): Promise<DecideResult> =>
  take(parts, actor, reference, wanted, async (found) => {
    if (!mayObject(found)) return refuse("not-now");
    if (found.version !== wanted.version) return refuse("conflict");
    const stopped = await parts.register.stopAnnulment({ commandId: `stop ${found.id}`, reference: found.exclusionReference!, by: nameOf(actor) });
    return stopped.ok || stopped.refusal === "command-reused" ? { event: "objected" } : refuse("not-now");
  });

/** The decision, and what follows from it: carried out from here, however often it takes. */
async function deciding(
  parts: CaseParts, found: StoredCase, { act, until, reason, by }: Proposal, seconder: { by: string; reason: string } | null, { actor, now }: Acting,
): Promise<Step> {
  const { office: { primary }, random, settings } = parts;
  const { event, set } = outcomeOf(found, { act, until }, now, settings);
  const deed = registerAct(found, act, now);
  const decision: StoredDecision = {
    id: uuidv7(now, random), caseId: found.id, act, until, reason, proposedBy: by, secondedBy: seconder?.by ?? null, secondReason: seconder?.reason ?? null,
    decidedAt: now, carriedOutAt: deed ? null : now, refusal: null,
  };
  return {
    event, act, set: { ...set, ...NO_PROPOSAL },
    payload: { proposedBy: by, until, ...(seconder && { proposalReason: reason }) },
    rows: [insertDecision(primary, decision), ...(await knownFalse(parts, found, act, { actor, now }))],
    events: [{ topic: CARRY, subject: found.id, payload: { decisionId: decision.id, deed } }],
  };
}

/** A knowingly false request counts against who filed it first, unless an appeal turns it round. */
async function knownFalse({ office }: CaseParts, found: StoredCase, act: Act, { actor, now }: Acting) {
  const marks = act === "refuse-as-false";
  if (!marks && !(act === "overturn" && found.decision === "refuse-as-false")) return [];
  const first = (await partiesOf(office, found.id)).find(({ role }: StoredParty) => role === "requester");
  return first ? [updateParty(office.primary, first, { foundFalseAt: marks ? now : null }, actor, now)] : [];
}
