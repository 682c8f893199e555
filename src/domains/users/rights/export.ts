import type { Instant } from "../../../kernel/clock.ts";
import type { RightsParts } from "./parts.ts";
import type { PersonExport } from "./schema.ts";
import { requestsOf } from "./store.ts";

const iso = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Everything the register holds of the person: the vault's every table, their exclusions from Register, their requests. Throws rather than leave one out. */
export async function exportDocument(
  { office, register, person }: RightsParts, { personId, phone }: { personId: string; phone: Uint8Array }, now: Instant,
): Promise<PersonExport> {
  const [vault, receipts, requests] = await Promise.all([person(personId).export(), register.exclusionsOf(phone), requestsOf(office, personId)]);
  return {
    format: "nser-person-export",
    version: 2,
    exportedAt: iso(now)!,
    vault,
    exclusions: receipts.map(({ startedAt, endsAt, endedAt, reviewAt, identifiers, ...receipt }) => ({
      ...receipt, startedAt: iso(startedAt)!, endsAt: iso(endsAt), endedAt: iso(endedAt), reviewAt: iso(reviewAt),
      identifiers: identifiers.map(({ kind, provisionalUntil }) => ({ kind, provisionalUntil: iso(provisionalUntil) })),
    })),
    requests: requests.map(({ reference, kind, subject, state, reasons, receivedAt, dueAt, decidedAt, completeAt }) => ({
      reference, kind, subject, state, reasons, receivedAt: iso(receivedAt)!, dueAt: iso(dueAt)!, decidedAt: iso(decidedAt), completeAt: iso(completeAt),
    })),
  };
}
