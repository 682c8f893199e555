import type { z } from "zod";
import { allows, type Principal } from "../../authentication/capabilities.ts";
import type { OwnViolationAnswer, ViolationAnswer } from "./schema.ts";
import type { StoredViolation } from "./store.ts";
import { explain } from "./words.ts";

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** The addresses of the API that show what a rule's proof rests on: those alone that the reader may read. */
function evidenceOf({ operator, rule }: StoredViolation, reader: Principal): string[] {
  if (rule === "canary-accepted") return allows(reader, "canaries:read", null) ? [`/v1/canary-alarms?operator=${operator}`] : [];
  if (rule === "by-hand") return [];
  return allows(reader, "propagation:read", operator) ? [`/v1/operators/${operator}/propagation/overdue`] : [];
}

/** As its operator sees it: which officers they were is nothing to them. */
export function ownOf(row: StoredViolation, reader: Principal): z.infer<typeof OwnViolationAnswer> {
  const { id, operator, state, rule, figures, response, decision, remedy, closing, version } = row;
  return {
    id, operator, state, rule, explanation: explain("en", row), figures: { ...figures }, evidence: evidenceOf(row, reader), openedAt: iso(row.createdAt), response, decision, remedy, closing, version,
    notifiedAt: isoOrNull(row.notifiedAt), respondUntil: isoOrNull(row.respondUntil), respondedAt: isoOrNull(row.respondedAt), decidedAt: isoOrNull(row.decidedAt),
    remediedAt: isoOrNull(row.remediedAt), closedAt: isoOrNull(row.closedAt),
  };
}

export const violationAnswer = (row: StoredViolation, reader: Principal): z.infer<typeof ViolationAnswer> => {
  const { createdBy: openedBy, accuser, respondedBy, decidedBy, remediedBy, closedBy } = row;
  return { ...ownOf(row, reader), openedBy, accuser, respondedBy, decidedBy, remediedBy, closedBy };
};
