import { sealIdentity } from "../../users/index.ts";
import type { ImposeCommand, TwoOfficers } from "../measures-rpc.ts";
import type { OtherOrigin } from "../model.ts";
import { CaseSeal, type Named, type PartyIdentity } from "./boxes.ts";
import type { PartyRole } from "./model.ts";
import type { CaseParts } from "./parts.ts";
import type { RegisterAct } from "./rules.ts";
import { partiesOf, type StoredCase, type StoredDecision } from "./store.ts";

/** What Register said, and what the case keeps of it. */
export interface Performed {
  refusal: string | null;
  set: Partial<Pick<StoredCase, "imposedAs" | "appealUntil">>;
}

type Said = { ok: true } | { ok: false; refusal: string };

const DONE: Performed = { refusal: null, set: {} };

/** What is wanted stands already: a refusal of this name is no failure. */
const judged = (said: Said, wanted?: string): Performed => (said.ok || said.refusal === wanted ? DONE : { refusal: said.refusal, set: {} });

/** Has Register do what was decided; again under the decision's id it answers the same. Throws when it does not answer. */
export async function perform(parts: CaseParts, found: StoredCase, decision: StoredDecision, act: RegisterAct): Promise<Performed> {
  const { register } = parts;
  const reference = found.exclusionReference ?? "";
  const command = { commandId: decision.id, caseReference: found.imposedAs ?? found.reference, officers: officersOf(found, decision) };
  switch (act) {
    case "measure":
      return impose(parts, found, decision, { endsAt: null, measureUntil: decision.until });
    case "impose":
      return impose(parts, found, decision, { endsAt: decision.until, measureUntil: null });
    case "uphold": {
      const upheld = await register.uphold({ ...command, endsAt: decision.until });
      // The measure lapsed between the decision and now.
      return !upheld.ok && upheld.refusal === "not-now" ? impose(parts, found, decision, { endsAt: decision.until, measureUntil: null }) : judged(upheld);
    }
    case "dismiss":
      return judged(await register.dismiss(command), "not-now");
    case "review":
      return judged(await register.review({ ...command, reference, granted: decision.act === "grant" }));
    case "lengthen":
      return judged(await register.lengthenTo({ ...command, reference, endsAt: decision.until! }));
    case "annul": {
      const begun = await register.beginAnnulment({ ...command, reference });
      return begun.ok ? { refusal: null, set: { appealUntil: begun.receipt.annulsAt } } : judged(begun);
    }
    case "annul-document":
      return judged(await register.annulDocument({ ...command, p: await disputedIn(parts, found) }));
  }
}

/** Where one officer decides, the first who wanted it is who asked. */
const officersOf = ({ reference }: StoredCase, { proposedBy, secondedBy }: StoredDecision): TwoOfficers =>
  secondedBy === null ? [`citizen:${reference}`, proposedBy] : [proposedBy, secondedBy];

/** Register takes one exclusion by each name: what a case imposes again, after a measure that lapsed or an appeal, has another. */
const nameAfter = ({ reference, imposedAs }: StoredCase): string => (imposedAs === null ? reference : `${reference}/${Number(imposedAs.split("/")[1] ?? 1) + 1}`);

async function impose(parts: CaseParts, found: StoredCase, decision: StoredDecision, term: Pick<ImposeCommand, "endsAt" | "measureUntil">): Promise<Performed> {
  const subject = await openParty(parts, found, "subject");
  const imposedAs = nameAfter(found);
  const commandId = `${decision.id}${imposedAs === found.reference ? "" : imposedAs.slice(found.reference.length)}`;
  const said = await parts.register.impose({
    commandId, caseReference: imposedAs, officers: officersOf(found, decision), origin: found.kind as OtherOrigin, ...term,
    identifiers: await identifiersOf(parts, subject),
    box: sealIdentity(parts.envelope, commandId, identityFor(subject)),
  });
  return said.ok ? { refusal: null, set: { imposedAs } } : judged(said);
}

const identityFor = ({ phone, name, document, dateOfBirth, locale }: PartyIdentity) =>
  ({ phone: phone!, name, dateOfBirth, locale, accepted: [], document: document && { kind: document.kind, typed: document.number, canonical: document.number } });

async function identifiersOf({ tokenizer }: CaseParts, { phone, document }: Named): Promise<ImposeCommand["identifiers"]> {
  const stated = [{ kind: "msisdn" as const, value: phone! }, ...(document ? [{ kind: document.kind, value: document.number }] : [])];
  const known = await tokenizer.evaluate(stated);
  if (known.length !== stated.length) throw new Error("The tokenizer answered for fewer identifiers than it was asked");
  return stated.map(({ kind }, at) => ({ kind, p: known[at]!.p, evidence: "officer" as const })) as ImposeCommand["identifiers"];
}

async function disputedIn(parts: CaseParts, found: StoredCase): Promise<Uint8Array> {
  const { document } = await openParty(parts, found, "requester");
  const [known] = await parts.tokenizer.evaluate([{ kind: document!.kind, value: document!.number }]);
  if (!known) throw new Error("The tokenizer answered for fewer identifiers than it was asked");
  return known.p;
}

/** Who they are; the office needs it to carry out what was decided, which the decision is audited for. */
async function openParty({ office, envelope, random }: CaseParts, found: StoredCase, role: PartyRole): Promise<PartyIdentity> {
  const party = (await partiesOf(office, found.id)).find((one) => one.role === role);
  const seal = CaseSeal.of(envelope, found, random);
  if (!seal || !party?.box) throw new Error("who a case is about was erased before it was carried out");
  return seal.open("caseParties", party.id, party.box);
}
