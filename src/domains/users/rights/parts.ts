import type { Clock, Instant, Random } from "../../../kernel/clock.ts";
import { citizenActor, systemActor } from "../../../kernel/actor.ts";
import { makeReference, REFERENCES } from "../../../kernel/ids.ts";
import { createdBy } from "../../../office/columns.ts";
import type { Office } from "../../../office/database.ts";
import type { Grants, Visit } from "../../authentication/index.ts";
import type { RegisterApi } from "../../exclusions/rpc.ts";
import type { RequestView, RightsResult } from "../rights-rpc.ts";
import type { PersonApi } from "../rpc.ts";
import { isFresh } from "../vault/rules.ts";
import type { DataRequest, RequestKind } from "./model.ts";
import { dueAt } from "./rules.ts";
import type { StoredRequest } from "./store.ts";

/** What carrying out requests works with. Whatever of it fails throws, and is tried again. */
export interface RightsParts {
  office: Office;
  register: Pick<RegisterApi, "holderOf" | "exclusionsOf" | "forget">;
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

type Given = Pick<DataRequest, "personId" | "kind"> & Partial<StoredRequest>;

/** A request that came now. */
export function newRequest({ random }: RightsParts, given: Given, now: Instant): StoredRequest {
  const reference = makeReference(REFERENCES.dataRequest, random);
  return {
    ...createdBy(citizenActor(reference), now, random), reference, state: "received", subject: null, receivedAt: now, dueAt: dueAt(given.kind, now),
    decidedAt: null, decidedBy: null, reasons: [], completeAt: null, lookAgainAt: null, ...given,
  };
}

export const viewOf = ({ reference, kind, state, receivedAt, dueAt, decidedAt, reasons, completeAt }: DataRequest): RequestView =>
  ({ reference, kind, state, receivedAt, dueAt, decidedAt, reasons, completeAt });

/** What the audit log and the person hear of a request: nothing of what it says. */
export const told = (kind: RequestKind, state: string, reasons: readonly string[]) => ({ kind, state, reasons: [...reasons] });
