import type { Json } from "../../../kernel/canonical-json.ts";
import type { Instant } from "../../../kernel/clock.ts";
import { CaseSeal } from "./boxes.ts";
import { type Holder, isTheirs } from "./holder.ts";
import type { CaseParts } from "./parts.ts";
import { type Part, partsOfPhone, statementsOf } from "./store.ts";
import { look } from "./take.ts";
import { isToldTo } from "./view.ts";

type Exporting = Pick<CaseParts, "office" | "keys" | "envelope" | "clock" | "random">;

/** What cases hold of whoever proved this phone, for them alone: each as they see it, and what they said in it. Instants are ISO 8601. */
export async function exportCases(parts: Exporting, { phone, personId }: Pick<Holder, "phone" | "personId">): Promise<Record<string, Json>[]> {
  const holder = { phone, personId, key: parts.keys.phone(phone) };
  const theirs = (await partsOfPhone(parts.office, holder.key)).filter((part) => isTheirs(part, holder) && isToldTo(part));
  return Promise.all(theirs.map(async (part) => {
    const { may: _, filedAt, askedUntil, dueAt, hearingUntil, measureUntil, decidedAt, appealUntil, ...view } = await look(parts, part);
    const instants = { filedAt, askedUntil, dueAt, hearingUntil, measureUntil, decidedAt, appealUntil };
    return { ...view, ...Object.fromEntries(Object.entries(instants).map(([name, at]) => [name, iso(at)])), said: await saidBy(parts, part) };
  }));
}

async function saidBy({ office, envelope, random }: Exporting, { party, found }: Part): Promise<Record<string, Json>[]> {
  const seal = CaseSeal.of(envelope, found, random);
  const own = seal ? (await statementsOf(office, found.id)).filter(({ partyId, box }) => partyId === party.id && box !== null) : [];
  return own.map(({ id, kind, at, box }) => ({ kind, at: iso(at), text: seal!.open("caseStatements", id, box!) }));
}

const iso = (at: Instant | null): string | null => (at === null ? null : new Date(at).toISOString());
