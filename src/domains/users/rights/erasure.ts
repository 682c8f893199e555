import type { Instant } from "../../../kernel/clock.ts";
import { nameOf } from "../../../office/columns.ts";
import { commit } from "../../../office/commit.ts";
import { dropPerson } from "../../exclusions/office/index.ts";
import type { KeepingReason } from "../../exclusions/persons-rpc.ts";
import { REGISTER_ITSELF, type RightsParts, told } from "./parts.ts";
import { completeAt, isOpen, lookAgainAt } from "./rules.ts";
import { erasuresToLookAt, insertErased, type StoredRequest, updateRequest } from "./store.ts";

export const ERASE = "vault.erase";
export const ERASE_EXTRAS = "vault.erase-extras";
export const TOLD = "data-request.told";

/**
 * Carries an erasure as far as the law lets it, and as often as needed: Register forgets the person first or says why it may not, and
 * only then the office writes the answer, with the event that empties the vault. Who meanwhile decided it differently stands.
 */
export async function carryOut(parts: RightsParts, request: StoredRequest): Promise<void> {
  const now = parts.clock();
  const forgotten = await parts.register.forget(request.personId);
  if (!forgotten.ok && isOpen(request.state)) await parts.register.watchHoldings(request.personId, false);
  const change = forgotten.ok ? wholly(parts, request, now) : partly(parts, request, forgotten, now);
  const done = await commit(parts.office, change, { now, random: parts.random });
  if (done.ok) parts.eventsFilled();
}

const decided = (now: Instant) => ({ state: "answered" as const, decidedAt: now, decidedBy: nameOf(REGISTER_ITSELF) });

function wholly({ office: { primary } }: RightsParts, request: StoredRequest, now: Instant) {
  const { reference, personId, kind } = request;
  const set = { ...decided(now), reasons: [], completeAt: completeAt(now), lookAgainAt: null };
  return {
    actor: REGISTER_ITSELF,
    rows: [updateRequest(primary, request, set, REGISTER_ITSELF, now), insertErased(primary, personId), ...dropPerson(primary, personId)],
    audit: { action: "data-request.erased", resource: `data-request/${reference}`, payload: told(kind, "answered", []) },
    events: [{ topic: ERASE, subject: personId, payload: {} }],
    answer: {},
  };
}

/** What an exclusion needs stays; the rest goes at once, and what stays is looked at again when it may go. */
function partly({ office: { primary } }: RightsParts, request: StoredRequest, { refusal, until }: KeepingReason, now: Instant) {
  const { reference, personId, kind } = request;
  const first = isOpen(request.state);
  const later = { lookAgainAt: lookAgainAt(until, now), reasons: [refusal] };
  const said = told(kind, "answered", [refusal]);
  return {
    actor: REGISTER_ITSELF,
    rows: [updateRequest(primary, request, first ? { ...decided(now), ...later } : later, REGISTER_ITSELF, now)],
    audit: { action: first ? "data-request.erased-in-part" : "data-request.looked-at", resource: `data-request/${reference}`, payload: said },
    events: first ? [{ topic: ERASE_EXTRAS, subject: personId, payload: {} }, { topic: TOLD, subject: personId, payload: { reference, ...said } }] : [],
    answer: {},
  };
}

const AT_ONCE = 100;

/** Each minute: erasures that were not carried out, and those of which something had to stay that may go now. */
export async function carryOutWaiting(parts: RightsParts, report: (error: unknown) => void): Promise<void> {
  for (const request of await erasuresToLookAt(parts.office, parts.clock(), AT_ONCE)) {
    await carryOut(parts, request).catch(report);
  }
}
