import type { ExclusionLine, ExclusionLook } from "../../src/domains/exclusions/desk/model.ts";
import type { FindRefusal, Found, SearchRefusal, StaffExclusionsRpc } from "../../src/domains/exclusions/desk/rpc.ts";
import { DAY, HOUR } from "../../src/kernel/clock.ts";
import { UNTOUCHED } from "../support/exclusions.ts";
import { NOW } from "./citizens.ts";

type Call = { verb: keyof StaffExclusionsRpc; request: unknown };

export const EXCLUSION = "NSER-111111111J";

export const LINE: ExclusionLine = { reference: EXCLUSION, state: "active", origin: "self", policy: "1y", startedAt: NOW - 40 * DAY, endsAt: NOW + 325 * DAY, endedAt: null };

const { renewsAt: _, remindedAt: __, county: ___, endingLapsesAt: ____, ...untouched } = UNTOUCHED;

const change = (position: number, action: string, channel: string, payload: object = {}) =>
  ({ id: `01890a5d-ac96-774b-bcce-${String(position).padStart(12, "0")}`, position, sequence: position * 2, at: NOW - HOUR + position, action, channel, payload: payload as never });

/** Begun for themself, and imposed on beside that; the newest change first. */
export const LOOKED_AT: ExclusionLook = {
  ...untouched, ...LINE, personId: "01890a5d-ac96-774b-bcce-b302099a8051", policyVersion: 1, endMode: "confirmed", channel: "ussd",
  identifiers: [
    { kind: "msisdn", evidence: "network", standing: "firm", provisionalUntil: null, addedAt: NOW - 40 * DAY },
    { kind: "national_id", evidence: "typed", standing: "provisional", provisionalUntil: NOW + 3 * DAY, addedAt: NOW - 11 * DAY },
  ],
  changes: [
    change(9, "exclusion.turned-inside-out", "carrier-pigeon", { note: "<b>x</b>" }),
    change(8, "exclusion.annulment-begun", "office", { caseReference: "CASE-111111111J", officers: ["user:a", "user:b"] }),
    change(3, "exclusion.extended", "sms", { policy: "1y" }),
    change(1, "exclusion.registered", "ussd", { policy: "7d" }),
  ],
  cases: [{ reference: "CASE-111111111J", kind: "not-me", state: "decided" }],
};

/** Origin's verbs of officers on exclusions over one exclusion, in memory, and a record of what they were asked. */
export class StaffExclusions implements StaffExclusionsRpc {
  readonly calls: Call[] = [];
  /** The next call answers this instead. */
  refusal: FindRefusal | SearchRefusal | null = null;
  exclusion: ExclusionLook = LOOKED_AT;
  lines: ExclusionLine[] = [LINE];
  found: Found[] = [{ reference: EXCLUSION, line: LINE }, { reference: "NSER-222222222G", line: null }];
  next: string | null = null;
  asOf: number | null = NOW;
  may = { search: true };

  async #heard<T extends object>(verb: Call["verb"], request: unknown, answer: () => T): Promise<any> {
    this.calls.push({ verb, request });
    const { refusal } = this;
    this.refusal = null;
    return refusal ? { ok: false, ...refusal } : { ok: true, ...answer() };
  }

  list(request: Parameters<StaffExclusionsRpc["list"]>[0]) {
    return this.#heard("list", request, () => ({ lines: this.lines, next: this.next, asOf: this.asOf, may: this.may }));
  }

  find(request: Parameters<StaffExclusionsRpc["find"]>[0]) {
    return this.#heard("find", request, () => ({ reference: request.reference.toUpperCase() === EXCLUSION ? EXCLUSION : null }));
  }

  enterSearch(visitor: unknown) {
    return this.#heard("enterSearch", visitor, () => ({}));
  }

  search(request: Parameters<StaffExclusionsRpc["search"]>[0]) {
    return this.#heard("search", request, () => ({ found: this.found, asOf: this.asOf }));
  }

  look(request: Parameters<StaffExclusionsRpc["look"]>[0]) {
    return this.#heard("look", request, () => ({ exclusion: this.exclusion, asOf: this.asOf }));
  }

  asked(verb: Call["verb"]): any[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }
}
