import type { Instant } from "../../../kernel/clock.ts";
import type { RightsParts } from "./parts.ts";
import type { PersonExport } from "./schema.ts";
import { requestsOf } from "./store.ts";

const iso = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Everything the register holds of the person: the vault's every table, their exclusions from Register, their requests, their cases. Throws rather than leave one out. */
export async function exportDocument(
  { office, register, person, cases }: RightsParts, { personId, phone }: { personId: string; phone: Uint8Array }, now: Instant,
): Promise<PersonExport> {
  const [vault, receipts, requests, theirCases, held] = await Promise.all([
    person(personId).export(), register.exclusionsOf(phone), requestsOf(office, personId), cases({ phone, personId }), register.tokenHoldings(personId),
  ]);
  const histories = await Promise.all(receipts.map(({ reference }) => register.historyOf(phone, reference)));
  return {
    format: "nser-person-export",
    version: 4,
    exportedAt: iso(now)!,
    vault,
    exclusions: receipts.map(({ startedAt, identifiers, ...receipt }, index) => ({
      ...receipt, startedAt: iso(startedAt)!, endsAt: iso(receipt.endsAt), endedAt: iso(receipt.endedAt), reviewAt: iso(receipt.reviewAt),
      askableFrom: iso(receipt.askableFrom), endableFrom: iso(receipt.endableFrom), endingLapsesAt: iso(receipt.endingLapsesAt),
      measureUntil: iso(receipt.measureUntil), annulsAt: iso(receipt.annulsAt),
      history: (histories[index] ?? []).map(({ event, at, endsAt }) => ({ event, at: iso(at)!, endsAt: iso(endsAt) })),
      identifiers: identifiers.map(({ kind, provisionalUntil }) => ({ kind, provisionalUntil: iso(provisionalUntil) })),
    })),
    tokenHoldings: {
      askedSince: iso(held.askedSince),
      holdings: held.holdings.map(({ firstAt, lastAt, ...holding }) => ({ ...holding, firstAt: iso(firstAt)!, lastAt: iso(lastAt)! })),
    },
    cases: theirCases,
    requests: requests.map(({ reference, kind, subject, state, reasons, receivedAt, dueAt, decidedAt, completeAt }) => ({
      reference, kind, subject, state, reasons, receivedAt: iso(receivedAt)!, dueAt: iso(dueAt)!, decidedAt: iso(decidedAt), completeAt: iso(completeAt),
    })),
  };
}
