import type { AuditSearchRefusal, SeeFlagRefusal, ShownEntry, StaffAuditRpc } from "../../src/domains/compliance/desk/rpc.ts";
import { HOUR } from "../../src/kernel/clock.ts";
import { NOW } from "./citizens.ts";

export const ENTRY = "01890a5d-ac96-774b-bcce-b302099a8061";
export const OTHER = "01890a5d-ac96-774b-bcce-b302099a8062";
export const FLAG = "01890a5d-ac96-774b-bcce-b302099a8063";
export const PROOF = "c2sp.org/tlog-proof@v1\nindex 7\n\nlog\n";

export const READ: ShownEntry = {
  id: ENTRY, at: NOW - HOUR, source: "office", action: "identity.read", resource: "person/p1", outcome: "done", by: "user:officer", from: ["192.0.2.0/24", "browser", "KE"],
  channel: null, reason: "complaint DR-111111111J", requestId: "r", payload: '{"fields":["identifiers"],"note":"<b>x</b>"}', leaf: 7,
  flags: [{ id: FLAG, rule: "identities-in-bulk", figures: { count: 30, most: 30 }, evidence: [OTHER, ENTRY], seen: null, version: 1 }],
};

/** Without a place yet, refused, and looked at. */
const REFUSED: ShownEntry = {
  ...READ, id: OTHER, source: "register", action: "case.seconded", outcome: "refused", channel: "office", reason: null, from: [], leaf: null,
  flags: [{ id: OTHER, rule: "self-approval", figures: {}, evidence: [OTHER], seen: { at: NOW, by: "user:auditor", note: "a <i>mistake</i> of hand" }, version: 2 }],
};

type Call = { verb: keyof StaffAuditRpc; request: unknown };

/** Origin's verbs on the audit log over two entries, in memory, and a record of what they were asked. */
export class StaffAudit implements StaffAuditRpc {
  readonly calls: Call[] = [];
  /** The next call answers this instead. */
  refusal: AuditSearchRefusal | SeeFlagRefusal | { refusal: "not-there-yet" } | null = null;
  entries: ShownEntry[] = [READ, REFUSED];
  next: string | null = null;
  may = { note: true };

  async #heard<T extends object>(verb: Call["verb"], request: unknown, answer: () => T): Promise<any> {
    this.calls.push({ verb, request });
    const { refusal } = this;
    this.refusal = null;
    return refusal ? { ok: false, ...refusal } : { ok: true, ...answer() };
  }

  search(request: Parameters<StaffAuditRpc["search"]>[0]) {
    return this.#heard("search", request, () => ({ entries: this.entries, next: this.next, may: this.may }));
  }

  prove(request: Parameters<StaffAuditRpc["prove"]>[0]) {
    return this.#heard("prove", request, () => ({ proof: PROOF }));
  }

  see(request: Parameters<StaffAuditRpc["see"]>[0]) {
    return this.#heard("see", request, () => ({}));
  }

  asked(verb: Call["verb"]): any[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }
}
