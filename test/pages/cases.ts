import type { CaseRefusal, CaseResult, CasesRpc, CaseView, FileRequest } from "../../src/domains/exclusions/cases/cases-rpc.ts";
import { makeReference, REFERENCES } from "../../src/kernel/ids.ts";
import { NOW } from "./citizens.ts";

type Verb = keyof CasesRpc;
type On = Parameters<CasesRpc["withdraw"]>[0];

export const NOTHING_TO_DO: CaseView["may"] = { answer: false, appeal: false, object: false, withdraw: false, addEvidence: false };

export const caseReference = (at: number): string => makeReference(REFERENCES.case, (length) => new Uint8Array(length).fill(at));

/** A case as a requester sees it on the first day. */
export const aCase = (more: Partial<CaseView> = {}): CaseView => ({
  reference: caseReference(1), kind: "family", role: "requester", state: "received", filedAt: NOW, exclusionReference: null, askedUntil: null, operator: null,
  files: 0, dueAt: null, grounds: [], notice: null, hearingUntil: null, measureUntil: null, decision: null, decidedAt: null, reason: null, appealUntil: null,
  may: NOTHING_TO_DO, ...more,
});

/** Origin's verbs on cases, in memory: enough of its contract for the pages, and a record of what it was asked. */
export class Cases implements CasesRpc {
  readonly calls: { verb: Verb; request: any }[] = [];
  /** The next call but `mine` answers this instead. */
  refusal: CaseRefusal | null = null;
  /** Every call throws, as when origin is gone. */
  gone = false;
  /** Newest first. */
  kept: CaseView[] = [];
  private readonly done = new Map<string, CaseView>();

  private async heard<T>(verb: Verb, request: { grant?: string }, answer: () => CaseResult<T>): Promise<CaseResult<T>> {
    this.calls.push({ verb, request });
    if (this.gone) throw new Error("origin is gone");
    const { refusal } = this;
    this.refusal = null;
    return refusal ? { ok: false, ...refusal } : answer();
  }

  /** What a form does happens once. */
  private once({ formId }: { formId: string }, act: () => CaseView): CaseResult<{ case: CaseView }> {
    const known = this.done.get(formId) ?? act();
    this.done.set(formId, known);
    return { ok: true, case: known };
  }

  private on(verb: Verb, request: On, change: Partial<CaseView>) {
    return this.heard(verb, request, () => this.once(request, () => Object.assign(this.kept.find(({ reference }) => reference === request.reference)!, change)));
  }

  file(request: FileRequest) {
    return this.heard("file", request, () =>
      this.once(request, () => {
        const may = { ...NOTHING_TO_DO, withdraw: true, addEvidence: true };
        this.kept.unshift(aCase({ reference: caseReference(this.kept.length + 1), kind: request.request.kind, may }));
        return this.kept[0]!;
      }));
  }

  async mine(grant: string): Promise<CaseResult<{ cases: CaseView[] }>> {
    this.calls.push({ verb: "mine", request: grant });
    if (this.gone) throw new Error("origin is gone");
    return grant.startsWith("grant-of-") ? { ok: true, cases: this.kept } : { ok: false, refusal: "grant-invalid", field: null };
  }

  answer = (request: Parameters<CasesRpc["answer"]>[0]) => this.on("answer", request, {});
  appeal = (request: Parameters<CasesRpc["appeal"]>[0]) => this.on("appeal", request, { state: "appealed", may: NOTHING_TO_DO });
  object = (request: Parameters<CasesRpc["object"]>[0]) => this.on("object", request, { state: "closed", may: NOTHING_TO_DO });
  withdraw = (request: On) => this.on("withdraw", request, { state: "withdrawn", may: NOTHING_TO_DO });
  addEvidence = (request: Parameters<CasesRpc["addEvidence"]>[0]) => this.on("addEvidence", request, { files: 1 });

  async operators(): Promise<Record<string, string>> {
    return { acme01: "Acme <Bets>", zeta02: "Zeta" };
  }

  asked(verb: Verb): any[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }
}
