import type { Case } from "../../src/domains/exclusions/cases/model.ts";
import type { CaseLook, EvidenceRefusal, FilingRefusal, MayDecide, OpenedCase, StaffCasesRpc, StepRefusal } from "../../src/domains/exclusions/cases/staff-cases-rpc.ts";
import { DAY, HOUR } from "../../src/kernel/clock.ts";
import { NOW } from "./citizens.ts";
import { EXCLUSION } from "./staff-exclusions.ts";

type Call = { verb: keyof StaffCasesRpc; request: any };

export const CASE = "CASE-111111111J";
export const FILE_ID = "01890a5d-ac96-774b-bcce-b302099a8099";

export const FAMILY: Case = {
  id: "01890a5d-ac96-774b-bcce-b302099a8052", reference: CASE, kind: "family", state: "open", grounds: ["financial-hardship", "danger-to-dependants"], voices: 2,
  personId: null, exclusionReference: null, askedUntil: null, operator: null, happenedOn: null, checks: [], verdict: null, receivedAt: NOW - 3 * DAY, dueAt: NOW + 4 * DAY,
  hearingUntil: null, measureUntil: null, proposal: null, decision: null, decidedAt: null, appealUntil: null, closedAt: null, erasedAt: null, version: 4,
};

export const PROPOSED: Case = {
  ...FAMILY, state: "hearing", hearingUntil: NOW + DAY, version: 5,
  proposal: { act: "measure", reason: "The evidence shows <b>danger</b>", by: "user:another", at: NOW - HOUR, until: NOW + 20 * DAY },
};

export const MAY_ALL: MayDecide = {
  acts: ["measure", "grant", "refuse", "refuse-as-false"], second: true, sendBack: true, notify: true, withdraw: true, addEvidence: true, stop: true, read: true,
};
export const MAY_NOTHING: MayDecide = { acts: [], second: false, sendBack: false, notify: false, withdraw: false, addEvidence: false, stop: false, read: false };

export const LOOKED_AT: CaseLook = {
  case: FAMILY,
  parties: [
    { id: "p1", reference: CASE, role: "requester", grounds: ["financial-hardship"], filedAt: NOW - 3 * DAY, withdrawnAt: null },
    { id: "p2", reference: "CASE-222222222G", role: "requester", grounds: ["danger-to-dependants"], filedAt: NOW - 2 * DAY, withdrawnAt: NOW - DAY },
  ],
  steps: [
    { event: "filed", at: NOW - 3 * DAY, by: `citizen:${CASE}`, act: null, reason: null },
    { event: "proposed", at: NOW - DAY, by: "user:me", act: "refuse", reason: "<script>nothing</script> was shown" },
  ],
  decisions: [{
    id: "d", act: "refuse", until: NOW + DAY, proposedBy: "user:a", secondedBy: "user:b", reason: "No grounds were shown", secondReason: "Nor do I see any", decidedAt: NOW, carriedOutAt: null,
    refusal: "not-now",
  }],
  evidence: [{ id: FILE_ID, type: "application/pdf", bytes: 120_000, addedAt: NOW - DAY, addedBy: `citizen:${CASE}` }],
  may: MAY_ALL,
};

const OPENED: OpenedCase = {
  parties: [{
    id: "p1", role: "requester", phone: "+254712345678", name: "Wanjiku <b>Ng'ang'a</b>", document: null, dateOfBirth: "1990-03-27", relation: "spouse",
    about: { phone: "+254733445566", name: null, document: { kind: "national_id", number: "12345678" } },
    statements: [{ kind: "request", at: NOW - 3 * DAY, text: "He lost the rent.\n<script>alert(1)</script>" }],
  }],
  evidence: [{ id: FILE_ID, name: "bank <statement>.pdf" }],
};

/** Origin's verbs of officers on cases over one case, in memory, and a record of what they were asked. */
export class StaffCases implements StaffCasesRpc {
  readonly calls: Call[] = [];
  /** The next call answers this instead. */
  refusal: StepRefusal | EvidenceRefusal | FilingRefusal | null = null;
  known: CaseLook = LOOKED_AT;
  cases: Case[] = [{ ...FAMILY, dueAt: NOW - DAY }, PROPOSED, { ...FAMILY, reference: "CASE-222222222G", kind: "not-me", state: "closed", closedAt: NOW, exclusionReference: EXCLUSION }];
  next: string | null = null;

  async #heard(verb: Call["verb"], request: unknown, answer: object = {}): Promise<any> {
    this.calls.push({ verb, request });
    const { refusal } = this;
    this.refusal = null;
    return refusal ? { ok: false, ...refusal } : { ok: true, ...answer };
  }

  list = (request: unknown) => this.#heard("list", request, { cases: this.cases, next: this.next });
  look = (request: unknown) => this.#heard("look", request, this.known);
  open = (request: unknown) => this.#heard("open", request, { opened: OPENED });
  file = (request: unknown) => this.#heard("file", request, { reference: CASE });
  notify = (request: unknown) => this.#heard("notify", request);
  propose = (request: unknown) => this.#heard("propose", request);
  second = (request: unknown) => this.#heard("second", request);
  sendBack = (request: unknown) => this.#heard("sendBack", request);
  withdraw = (request: unknown) => this.#heard("withdraw", request);
  stop = (request: unknown) => this.#heard("stop", request);
  addEvidence = (request: unknown) => this.#heard("addEvidence", request);
  readEvidence = (request: unknown) =>
    this.#heard("readEvidence", request, { file: { name: "l'état \"x\".pdf", type: "application/pdf", bytes: new Uint8Array([37, 80, 68, 70]) } });

  asked(verb: Call["verb"]): any[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }
}
