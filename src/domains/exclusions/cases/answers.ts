import type { z } from "zod";
import type { Instant } from "../../../kernel/clock.ts";
import type { Case } from "./model.ts";
import type { CaseAnswer, CaseDetail, OpenedAnswer } from "./schema.ts";
import type { CaseLook, OpenedCase } from "./staff-cases-rpc.ts";

const iso = (at: Instant): string => new Date(at).toISOString();
const isoOr = (at: Instant | null): string | null => (at === null ? null : iso(at));

/** A case as the API has it. */
export const answerOf = ({ id: _id, ...found }: Case): z.infer<typeof CaseAnswer> => ({
  ...found,
  askedUntil: isoOr(found.askedUntil), receivedAt: iso(found.receivedAt), dueAt: iso(found.dueAt), hearingUntil: isoOr(found.hearingUntil),
  measureUntil: isoOr(found.measureUntil), decidedAt: isoOr(found.decidedAt), appealUntil: isoOr(found.appealUntil), closedAt: isoOr(found.closedAt),
  erasedAt: isoOr(found.erasedAt),
  proposal: found.proposal && { ...found.proposal, at: iso(found.proposal.at), until: isoOr(found.proposal.until) },
});

export const detailOf = ({ case: found, parties, steps, decisions, evidence }: CaseLook): z.infer<typeof CaseDetail> => ({
  ...answerOf(found),
  parties: parties.map((party) => ({ ...party, filedAt: iso(party.filedAt), withdrawnAt: isoOr(party.withdrawnAt) })),
  timeline: steps.map((one) => ({ ...one, at: iso(one.at) })),
  decisions: decisions.map((one) => ({ ...one, until: isoOr(one.until), decidedAt: iso(one.decidedAt), carriedOutAt: isoOr(one.carriedOutAt) })),
  evidence: evidence.map((one) => ({ ...one, addedAt: iso(one.addedAt) })),
});

export const openedOf = ({ parties, evidence }: OpenedCase): z.infer<typeof OpenedAnswer> => ({
  parties: parties.map((party) => ({ ...party, statements: party.statements.map((one) => ({ ...one, at: iso(one.at) })) })),
  evidence,
});
