/** Two officers at work on a Register in this process: each of their verbs with what a case always says filled in. */
import * as measures from "../../src/domains/exclusions/measures/index.ts";
import type { ImposeCommand, MeasuresApi, TwoOfficers } from "../../src/domains/exclusions/measures-rpc.ts";
import type { Evidence, StatedIdentifier } from "../../src/domains/exclusions/model.ts";
import { DAY } from "../../src/kernel/clock.ts";
import { pseudonym, type RegisterHere } from "./register.ts";

export const shownPhone = (number: number, evidence: Evidence = "officer"): StatedIdentifier => ({ p: pseudonym(number), kind: "msisdn", evidence });
export const shownDocument = (number: number): StatedIdentifier => ({ p: pseudonym(1_000_000 + number), kind: "national_id", evidence: "officer" });

type Command<Verb extends keyof MeasuresApi> = Extract<Parameters<MeasuresApi[Verb]>[0], { commandId: string }>;
type More<Verb extends keyof MeasuresApi> = Omit<Command<Verb>, "commandId" | "officers" | "caseReference"> & Partial<Command<Verb>>;

export const TWO: TwoOfficers = ["officer 1", "officer 2"];
export const COOLING_HOURS = 72;
const BOX = new Uint8Array([1]);

/** `by` is who decides, and in which case. */
export function officersAt(register: RegisterHere, by: { caseReference?: string; officers?: TwoOfficers } = {}) {
  const { carryOut } = register;
  const { caseReference = "CS-1", officers = TWO } = by;
  const decided = () => ({ commandId: crypto.randomUUID(), caseReference, officers });
  return {
    impose: (number: number, more: Partial<ImposeCommand> = {}) => {
      const asked = { origin: "family", identifiers: [shownPhone(number)], box: BOX, endsAt: register.now + 365 * DAY, measureUntil: null } as const;
      const command: ImposeCommand = { ...decided(), ...asked, identifiers: [...asked.identifiers], ...more };
      return carryOut((database, ...at) => measures.impose(database, command, ...at));
    },
    uphold: (more: More<"uphold">) => carryOut((database, ...at) => measures.uphold(database, { ...decided(), ...more }, ...at)),
    dismiss: (more: More<"dismiss"> = {}) => carryOut((database, ...at) => measures.dismiss(database, { ...decided(), ...more }, ...at)),
    review: (more: More<"review">) => carryOut((database, ...at) => measures.review(database, { ...decided(), ...more }, ...at)),
    lengthenTo: (more: More<"lengthenTo">) => carryOut((database, ...at) => measures.lengthenTo(database, { ...decided(), ...more }, ...at)),
    beginAnnulment: (more: More<"beginAnnulment">) =>
      carryOut((database, ...at) => measures.beginAnnulment(database, { ...decided(), ...more }, ...at, COOLING_HOURS)),
    stopAnnulment: (more: More<"stopAnnulment">) => carryOut((database, ...at) => measures.stopAnnulment(database, { commandId: crypto.randomUUID(), ...more }, ...at)),
    annulDocument: (more: More<"annulDocument">) => carryOut((database, ...at) => measures.annulDocument(database, { ...decided(), ...more }, ...at)),
    statedIn: (p: Uint8Array) => carryOut((database) => measures.statedIn(database, p)),
    byReference: (reference: string) => carryOut((database, now) => measures.byReference(database, reference, now)),
  };
}
