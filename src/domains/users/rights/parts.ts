import type { Clock, Instant, Random } from "../../../kernel/clock.ts";
import { citizenActor, systemActor } from "../../../kernel/actor.ts";
import type { Json } from "../../../kernel/canonical-json.ts";
import { makeReference, REFERENCES } from "../../../kernel/ids.ts";
import { createdBy, nameOf } from "../../../office/columns.ts";
import type { Office } from "../../../office/database.ts";
import type { Grants, Visit } from "../../authentication/index.ts";
import type { RegisterApi } from "../../exclusions/rpc.ts";
import type { RequestView, RightsResult } from "../rights-rpc.ts";
import type { PersonApi } from "../rpc.ts";
import { isFresh } from "../vault/rules.ts";
import type { DataRequest, RequestKind } from "./model.ts";
import { dueAt, stateAtFirst } from "./rules.ts";
import type { StoredRequest } from "./store.ts";

/** What carrying out requests works with. Whatever of it fails throws, and is tried again. */
export interface RightsParts {
  office: Office;
  register: Pick<RegisterApi, "holderOf" | "exclusionsOf" | "historyOf" | "forget" | "tokenHoldings" | "watchHoldings">;
  /** What cases hold of this phone's holder, for them alone. */
  cases: (holder: { phone: Uint8Array; personId: string }) => Promise<Record<string, Json>[]>;
  person: (personId: string) => Pick<PersonApi, "hasEnded" | "export" | "speak" | "keepStatement" | "statement" | "tell" | "eraseExtras" | "erase">;
  clock: Clock;
  random: Random;
  /** The office has events to tell. */
  eventsFilled: () => void;
}

export interface CitizenRightsParts extends RightsParts {
  grants: Grants;
}

/**
 * Whose grant it is; `fresh` for what shows or destroys everything. Refuses when in doubt: a phone that is somebody else's by now speaks
 * neither for who proved it nor for its new holder, and a visit that was ended is over.
 */
export async function holderOfGrant(
  { grants, register, person, clock }: CitizenRightsParts, text: string, fresh: boolean,
): Promise<RightsResult<{ personId: string; phone: Uint8Array; visit: Visit }>> {
  const grant = await grants.read(text);
  if (!grant) return { ok: false, refusal: "grant-invalid" };
  if (fresh && !isFresh(grant.visit.provenAt, clock())) return { ok: false, refusal: "proof-too-old" };
  const personId = await register.holderOf(grant.phone);
  if (personId === null) return { ok: false, refusal: "nothing-held" };
  if (personId !== grant.personId || (await person(personId).hasEnded(grant.visit))) return { ok: false, refusal: "grant-invalid" };
  return { ok: true, personId, phone: grant.phone, visit: grant.visit };
}

export const REGISTER_ITSELF = systemActor("data-requests");

/** A request that came now. What is answered at once the person decided themself; what the register carries out is to be looked at. */
export function newRequest({ random }: RightsParts, asked: Pick<DataRequest, "personId" | "kind" | "subject">, now: Instant): StoredRequest {
  const reference = makeReference(REFERENCES.dataRequest, random);
  const by = citizenActor(reference);
  const state = stateAtFirst(asked.kind, asked.subject);
  const decided = state === "answered" ? { decidedAt: now, decidedBy: nameOf(by) } : { decidedAt: null, decidedBy: null };
  return {
    ...createdBy(by, now, random), reference, ...asked, state, receivedAt: now, dueAt: dueAt(asked.kind, now), ...decided,
    reasons: [], completeAt: null, lookAgainAt: state === "in-progress" ? now : null,
  };
}

export const viewOf = ({ reference, kind, subject, state, receivedAt, dueAt, decidedAt, reasons, completeAt }: DataRequest): RequestView =>
  ({ reference, kind, subject, state, receivedAt, dueAt, decidedAt, reasons, completeAt });

/** What the audit log and the person hear of a request: nothing of what it says. */
export const told = (kind: RequestKind, state: string, reasons: readonly string[]) => ({ kind, state, reasons: [...reasons] });
