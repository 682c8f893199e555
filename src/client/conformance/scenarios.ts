import type { Kind } from "../../bst/kinds.ts";
import { TEST_PERSONS, type TestPerson } from "../../bst/test-persons.ts";
import type { Purpose } from "../answers.ts";

/** Of the kit: another table of scenarios is another version. */
export const KIT_VERSION = "1.0.0";

/** One customer as an operator knows them: each identifier by its kind, in canonical writing. */
export type Identifiers = Readonly<Partial<Record<Kind, string>>>;

/** A question that an operator's integration is asked, and what it must decide. */
export interface Scenario {
  id: string;
  person: TestPerson["name"];
  identifiers: Identifiers;
  purpose: Purpose;
  mayPlay: boolean;
}

const PURPOSES: readonly Purpose[] = ["registration", "login", "deposit", "bet", "marketing", "payout"];

/** Money goes out whatever is known; everything else takes a decision, and `clear` it must be. */
const mustDecide = ({ answer }: TestPerson, purpose: Purpose): boolean => purpose === "payout" || answer === "clear";

/**
 * Each test person at each purpose. To decide rightly an integration has to take every problem for a no, make a retired
 * token anew, ask again where it was told to and give up in time, and pay out all the same.
 */
export const SCENARIOS: readonly Scenario[] = TEST_PERSONS.flatMap((person) =>
  PURPOSES.map((purpose): Scenario => ({
    id: `${person.name}/${purpose}`, person: person.name, identifiers: person.identifiers, purpose, mayPlay: mustDecide(person, purpose),
  })));

/** What an integration must do with a message that says it is from the register. */
export interface SignedScenario {
  id: "signed/valid" | "signed/forged" | "signed/old" | "signed/repeated";
  /** How often it comes, how many of these are answered 2xx (the others 4xx), and how often something is done. */
  times: number;
  accepted: number;
  done: number;
}

export const SIGNED_SCENARIOS: readonly SignedScenario[] = [
  { id: "signed/valid", times: 1, accepted: 1, done: 1 },
  { id: "signed/forged", times: 1, accepted: 0, done: 0 },
  { id: "signed/old", times: 1, accepted: 0, done: 0 },
  { id: "signed/repeated", times: 2, accepted: 2, done: 1 },
];

/** SHA-256 over version and table, hexadecimal: what a certificate says was gone through. */
export async function scenariosHash(ids: readonly string[]): Promise<string> {
  const table = [...SCENARIOS, ...SIGNED_SCENARIOS].filter(({ id }) => ids.includes(id));
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify([KIT_VERSION, ...table])));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
