import type { CitizenProof, CitizenRefusal, CitizenResult, CitizenRpc, OwnAct, TypedDocument } from "../../src/domains/exclusions/citizen-rpc.ts";
import type { HistoryEvent, HistoryStep, Receipt } from "../../src/domains/exclusions/model.ts";
import type { ClaimOutcome, ClaimRequest, PhoneClaimRpc } from "../../src/domains/users/claims-rpc.ts";
import { isAbout } from "../../src/domains/users/rights/model.ts";
import type { RequestView, RightsQuestion, RightsRpc } from "../../src/domains/users/rights-rpc.ts";
import { makeReference, REFERENCES } from "../../src/kernel/ids.ts";
import { type ChosenPolicy, POLICIES, term } from "../../src/domains/exclusions/policies.ts";
import { isInForce } from "../../src/domains/exclusions/rules.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { PLAIN } from "../support/exclusions.ts";
import { OPENING, receiptOf } from "../support/receipts.ts";
import { WITNESSED } from "../support/small-log.ts";

export const RIGHT_CODE = "123456";
export const NOW = Date.UTC(2026, 10, 4, 11, 30);
const PHONE = "+254712345678";
/** The entry of its second step. */
export const LENGTHENED = "01890a5d-ac96-774b-bcce-b302099a8061";
export const RECEIPT = await receiptOf();
const GRANT = "grant-of-0712345678";

type Call = { verb: keyof CitizenRpc; request: Record<string, unknown> };

/** An origin in memory with one citizen: enough of its contract for the pages, and a record of what it was asked. */
export class Citizens implements CitizenRpc {
  readonly calls: Call[] = [];
  readonly receipts: Receipt[] = [];
  /** The next call answers this instead. */
  refusal: CitizenRefusal | null = null;
  /** Every call throws, as when origin is gone. */
  gone = false;
  /** One's own data, as the page needs it. */
  readonly rights: RightsRpc = {
    requests: async (grant) => (grant === GRANT ? { ok: true, requests: this.requests } : { ok: false, refusal: "grant-invalid" }),
    ask: async (question) => {
      const { kind, subject, statement } = question;
      this.questions.push(question);
      if (this.tooOld && !isAbout(kind)) return { ok: false, refusal: "proof-too-old" };
      if (isAbout(kind) && statement === "") return { ok: false, refusal: "statement-missing" };
      const request = { ...this.requests[0]!, kind, subject, ...(isAbout(kind) && { state: "received" as const, decidedAt: null, reasons: [] }) };
      this.requests.unshift(request);
      return { ok: true, request, document: kind === "access" || kind === "portability" ? "{}" : null };
    },
  };
  readonly questions: RightsQuestion[] = [];
  /** What becomes of the next claims to a phone. */
  outcome: ClaimOutcome = { outcome: "released" };
  readonly claimed: ClaimRequest[] = [];
  readonly claims: PhoneClaimRpc = {
    claim: async (request) => {
      this.claimed.push(request);
      return this.wrongCode(request.code) ?? { ok: true, ...this.outcome };
    },
  };
  readonly requests: RequestView[] = [{
    reference: "DR-0000000000", kind: "erasure", subject: null, state: "answered", receivedAt: NOW, dueAt: NOW, decidedAt: NOW, reasons: ["exclusion-active"], completeAt: null,
  }];
  /** The next change of one's own data is refused, because the code is too old. */
  tooOld = false;

  /** The log's answers: no proof is there yet when it is null, and without it the log is away. */
  proofFile: string | null | undefined = RECEIPT;

  /** What happened to each exclusion after it began. */
  readonly steps = new Map<string, HistoryStep[]>();

  private readonly done = new Map<string, Receipt>();

  private refuses(verb: keyof CitizenRpc, request: object): ({ ok: false } & CitizenRefusal) | null {
    this.calls.push({ verb, request: { ...request } });
    if (this.gone) throw new Error("origin is gone");
    const { refusal } = this;
    this.refusal = null;
    return refusal && { ok: false, ...refusal };
  }

  private wrongCode(code: string): ({ ok: false } & CitizenRefusal) | null {
    return code === RIGHT_CODE ? null : { ok: false, refusal: "code-wrong", field: "code", triesLeft: 2 };
  }

  private once(formId: string, policy: ChosenPolicy, document: TypedDocument | null): Receipt {
    const before = this.done.get(formId);
    if (before) return before;
    const { endsAt, reviewAt } = term(POLICIES[policy], NOW);
    const receipt: Receipt = {
      reference: makeReference(REFERENCES.exclusion, (length) => new Uint8Array(length).fill(this.receipts.length + 1)),
      ...PLAIN, policy, endMode: POLICIES[policy].endMode, startedAt: NOW, endsAt, reviewAt,
      askableFrom: POLICIES[policy].endMode === "confirmed" ? endsAt : null,
      identifiers: [
        { kind: "msisdn", provisionalUntil: null },
        ...(document ? [{ kind: document.kind, provisionalUntil: NOW + 14 * 86_400_000 }] : []),
      ],
    };
    this.done.set(formId, receipt);
    this.receipts.unshift(receipt);
    return receipt;
  }

  async sendCode(request: Parameters<CitizenRpc["sendCode"]>[0]) {
    return this.refuses("sendCode", request) ?? { ok: true as const, phone: PHONE };
  }

  async register(request: Parameters<CitizenRpc["register"]>[0]) {
    const refused = this.refuses("register", request) ?? this.wrongCode(request.code);
    return refused ?? { ok: true as const, grant: GRANT, receipt: this.once(request.formId, request.policy, request.document) };
  }

  async enter(request: Parameters<CitizenRpc["enter"]>[0]) {
    return this.refuses("enter", request) ?? this.wrongCode(request.code) ?? { ok: true as const, grant: GRANT };
  }

  async exclusions(grant: string) {
    const refused = this.refuses("exclusions", { grant });
    if (refused) return refused;
    if (grant !== GRANT) return { ok: false as const, refusal: "grant-invalid" as const, field: null };
    return { ok: true as const, phone: "+254 7•• ••• 678", receipts: this.receipts };
  }

  async stop(request: Parameters<CitizenRpc["stop"]>[0]) {
    const refused = this.refuses("stop", request) ?? (request.grant === GRANT ? null : { ok: false as const, refusal: "grant-invalid" as const, field: null });
    return refused ?? { ok: true as const, receipt: this.once(request.formId, "24h", null), grant: null };
  }

  private own(grant: string, asked: string): CitizenResult<{ receipt: Receipt }> {
    if (grant !== GRANT) return { ok: false, refusal: "grant-invalid", field: null };
    const receipt = this.receipts.find(({ reference }) => reference === asked);
    return receipt ? { ok: true, receipt } : { ok: false, refusal: "reference-unknown", field: null };
  }

  async receipt(request: Parameters<CitizenRpc["receipt"]>[0]) {
    const own = this.refuses("receipt", request) ?? this.own(request.grant, request.reference);
    if (!own.ok) return own;
    const began: HistoryStep = { at: own.receipt.startedAt, event: "began", endsAt: null };
    return { ...own, history: [began, ...(this.steps.get(request.reference) ?? [])] };
  }

  async proof(request: Parameters<CitizenRpc["proof"]>[0]): Promise<CitizenResult<CitizenProof>> {
    const own = this.refuses("proof", request) ?? this.own(request.grant, request.reference);
    if (!own.ok) return own;
    if (this.proofFile === undefined) throw new Error("the log is away");
    const steps = [{ entry: OPENING.id, at: NOW, event: "began" as const }, { entry: LENGTHENED, at: NOW + DAY, event: "lengthened" as const }];
    const entry = request.entry ?? OPENING.id;
    if (!steps.some((step) => step.entry === entry)) return { ok: false as const, refusal: "reference-unknown" as const, field: null };
    return { ok: true as const, steps, entry, file: this.proofFile };
  }

  async logPolicy() {
    if (this.gone) throw new Error("origin is gone");
    return WITNESSED;
  }

  /** Changes a receipt, as Register would, and remembers what happened. */
  happens(receipt: Receipt, event: HistoryEvent, changed: Partial<Receipt>, at = NOW): void {
    Object.assign(receipt, changed);
    this.steps.set(receipt.reference, [...(this.steps.get(receipt.reference) ?? []), { at, event, endsAt: receipt.endsAt }]);
  }

  private act(verb: "askToEnd" | "confirmEnding" | "keep", request: OwnAct, event: HistoryEvent, changed: Partial<Receipt>): CitizenResult<{ receipt: Receipt }> {
    const own = this.refuses(verb, request) ?? this.own(request.grant, request.reference);
    if (own.ok) this.happens(own.receipt, event, changed);
    return own;
  }

  async askToEnd(request: OwnAct) {
    return this.act("askToEnd", request, "ending-asked", { state: "ending", endableFrom: NOW + 7 * DAY, endingLapsesAt: NOW + 37 * DAY });
  }

  async confirmEnding(request: OwnAct) {
    return this.act("confirmEnding", request, "ended", { state: "ended", endedAt: NOW, endableFrom: null, endingLapsesAt: null });
  }

  async keep(request: OwnAct) {
    return this.act("keep", request, "ending-cancelled", { state: "active", endableFrom: null, endingLapsesAt: null });
  }

  async extend(request: Parameters<CitizenRpc["extend"]>[0]) {
    const refused = this.refuses("extend", request);
    if (refused) return refused;
    const receipt = this.receipts.find(({ origin, state }) => origin === "self" && isInForce(state))!;
    const { endsAt, reviewAt } = term(POLICIES[request.policy], NOW);
    this.happens(receipt, "lengthened", { policy: request.policy, endMode: POLICIES[request.policy].endMode, endsAt, reviewAt, askableFrom: endsAt, state: "active" });
    return { ok: true as const, receipt };
  }

  asked(verb: keyof CitizenRpc): Record<string, unknown>[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }
}
