import type { CitizenVaultRpc, FieldRefusal, HeldTokens, VaultRefusal } from "../../src/domains/users/citizen-rpc.ts";
import type { Activity } from "../../src/domains/users/activity/model.ts";
import type { FoundCheck } from "../../src/domains/users/model.ts";
import { type Details, NO_DETAILS, type Overview } from "../../src/domains/users/vault/model.ts";
import { readContact, readDetails } from "../../src/domains/users/vault/rules.ts";
import type { InboxNotice } from "../../src/domains/notifications/rpc.ts";
import { HOUR } from "../../src/kernel/clock.ts";
import { NOW } from "./citizens.ts";

type Call = { verb: keyof CitizenVaultRpc; request: unknown };

const notice = (id: string, at: number, more: Partial<InboxNotice> = {}): InboxNotice => ({
  id, at, sms: "sent", readAt: null,
  notice: { template: "exclusion-started", reference: "NSER-111111111J", policy: "1y", endMode: "confirmed", startedAt: at, endsAt: null },
  ...more,
});

/** Origin's verbs on one citizen's vault, in memory, and a record of what they were asked. */
export class Vaults implements CitizenVaultRpc {
  readonly calls: Call[] = [];
  /** The next call answers this instead. */
  refusal: VaultRefusal | FieldRefusal | null = null;
  overviewed: Overview = {
    details: { version: 0, value: null, changedAt: null },
    contact: { version: 0, value: null, changedAt: null },
    locale: "en",
    identifiers: [
      { kind: "msisdn", masked: "+254 7•• ••• 678", standing: "firm", history: [{ evidence: "code", at: NOW, provisionalUntil: null }] },
      { kind: "national_id", masked: "•••• 678", standing: "provisional", history: [{ evidence: "typed", at: NOW, provisionalUntil: NOW + 24 * HOUR }] },
    ],
    consents: [{ text: "terms", version: 1, locale: "sw", at: NOW }, { text: "privacy", version: 1, locale: "sw", at: NOW }],
    unread: 1,
  };
  notices = [notice("2", NOW, { sms: "failed" }), notice("1", NOW - HOUR, { readAt: NOW })];
  checks: FoundCheck[] = [14, 15, 9].map((hour, at) => ({
    answerId: String(at), operator: "acme01", purpose: at === 2 ? "login" : "bet", hour: Date.UTC(2026, 10, 4, hour - 3),
  }));

  activityKept: Activity[] = [
    { id: "3", at: NOW, action: "extras.erased", fields: ["records"], by: "system" },
    { id: "2", at: NOW - HOUR, action: "contact.changed", fields: ["name", "phone"], by: "citizen" },
    { id: "1", at: NOW - 2 * HOUR, action: "details.changed", fields: ["name", "dateOfBirth", "quietNights", "language"], by: "citizen" },
  ];

  held: HeldTokens = {
    askedSince: null,
    holdings: [
      { operator: "acme01", kind: "msisdn", source: "issued", firstAt: NOW - 48 * HOUR, lastAt: NOW },
      { operator: "acme01", kind: "national_id", source: "checked", firstAt: NOW, lastAt: NOW },
    ],
    operators: { acme01: "Acme <Bets>" },
  };

  private async heard<T>(verb: Call["verb"], request: unknown, answer: () => T) {
    this.calls.push({ verb, request });
    const { refusal } = this;
    this.refusal = null;
    return refusal ? { ok: false as const, ...refusal } : answer();
  }

  overview(grant: string) {
    return this.heard("overview", grant, () => ({ ok: true as const, overview: this.overviewed })) as ReturnType<CitizenVaultRpc["overview"]>;
  }

  inbox(grant: string) {
    return this.heard("inbox", grant, () => ({ ok: true as const, notices: this.notices })) as ReturnType<CitizenVaultRpc["inbox"]>;
  }

  markRead(request: Parameters<CitizenVaultRpc["markRead"]>[0]) {
    return this.heard("markRead", request, () => ({ ok: true as const })) as ReturnType<CitizenVaultRpc["markRead"]>;
  }

  accessList(grant: string) {
    const reads = [
      { id: "r", at: NOW, role: "grak_officer" as const, reason: "Complaint CASE-1", what: "identity" as const },
      { id: "t", at: NOW, role: "grak_officer" as const, reason: "Order of the court", what: "token" as const },
    ];
    return this.heard("accessList", grant, () => ({ ok: true as const, checks: this.checks, operators: { acme01: "Acme <Bets>" }, reads })) as ReturnType<CitizenVaultRpc["accessList"]>;
  }

  heldTokens(grant: string) {
    return this.heard("heldTokens", grant, () => ({ ok: true as const, ...this.held })) as ReturnType<CitizenVaultRpc["heldTokens"]>;
  }

  watchTokens(request: Parameters<CitizenVaultRpc["watchTokens"]>[0]) {
    return this.heard("watchTokens", request, () => {
      this.held = { ...this.held, askedSince: request.wanted ? NOW : null };
      return { ok: true as const };
    }) as ReturnType<CitizenVaultRpc["watchTokens"]>;
  }

  activity(grant: string) {
    return this.heard("activity", grant, () => ({ ok: true as const, activity: this.activityKept })) as ReturnType<CitizenVaultRpc["activity"]>;
  }

  changeDetails(request: Parameters<CitizenVaultRpc["changeDetails"]>[0]) {
    return this.heard("changeDetails", request, () => {
      const written = readDetails(request.details, NOW);
      if (!written.ok) return written;
      this.overviewed = { ...this.overviewed, locale: written.locale, details: this.#next(this.overviewed.details.version, written.details) };
      return { ok: true as const };
    });
  }

  changeContact(request: Parameters<CitizenVaultRpc["changeContact"]>[0]) {
    return this.heard("changeContact", request, () => {
      const written = request.contact && readContact(request.contact);
      if (written && !written.ok) return written;
      this.overviewed = { ...this.overviewed, contact: this.#next(this.overviewed.contact.version, written && written.contact) };
      return { ok: true as const };
    });
  }

  async leave(grant: string) {
    this.calls.push({ verb: "leave", request: grant });
  }

  /** Somebody else's change. */
  changedElsewhere(change: Partial<Details>): void {
    this.overviewed = { ...this.overviewed, details: this.#next(this.overviewed.details.version, { ...NO_DETAILS, ...change }) };
    this.refusal = { refusal: "changed-meanwhile", field: null };
  }

  asked(verb: Call["verb"]): any[] {
    return this.calls.filter((call) => call.verb === verb).map(({ request }) => request);
  }

  #next<Value>(version: number, value: Value) {
    return { version: version + 1, value, changedAt: NOW };
  }
}
