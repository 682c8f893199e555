import { type CanonicalIdentifier, type Kind, KINDS, type Pseudonym } from "./kinds.ts";

/** What a check says of a test person's token: a decision, or the problem it is answered with. */
export type TestAnswer = "clear" | "excluded" | "token-retired" | "token-invalid" | "indeterminate" | "rate-limited";

/** Somebody who does not exist, for operators to try their programs with: the only people that test keys know. */
export interface TestPerson {
  name: "clear" | "excluded" | "lapsed" | "retired" | "forged" | "indeterminate" | "rate-limited";
  /** Its identifiers in canonical writing. Under a live key each of them is whoever's it is. */
  identifiers: Readonly<Partial<Record<Kind, string>>>;
  answer: TestAnswer;
}

const person = (number: number, name: TestPerson["name"], answer: TestAnswer): TestPerson =>
  ({ name, identifiers: { msisdn: `+25470000000${number}`, national_id: `1000000${number}` }, answer });

/** In the order of their numbers, from 1, which are for ever: they stand in tokens. */
export const TEST_PERSONS: readonly TestPerson[] = [
  person(1, "clear", "clear"),
  person(2, "excluded", "excluded"),
  // Was excluded until yesterday.
  person(3, "lapsed", "clear"),
  // Whose token is of a retired epoch,
  person(4, "retired", "token-retired"),
  // and whose is sealed with another key.
  person(5, "forged", "token-invalid"),
  person(6, "indeterminate", "indeterminate"),
  person(7, "rate-limited", "rate-limited"),
];

/** The test person an identifier names; null when it names none, and may be somebody's. */
export const testPersonNamed = ({ kind, value }: CanonicalIdentifier): TestPerson | null =>
  TEST_PERSONS.find(({ identifiers }) => identifiers[kind] === value) ?? null;

/** Each identifier of a person has a pseudonym of its own, as people's have. 16 letters. */
const nameInToken = (number: number, kind: Kind): string => `test person ${KINDS.indexOf(kind)}/0${number}`;

/** What a test person's tokens hold where others hold a pseudonym: 16 bytes that no identity key gives. */
export const testPseudonym = (person: TestPerson, kind: Kind): Pseudonym =>
  Uint8Array.from(nameInToken(TEST_PERSONS.indexOf(person) + 1, kind), (letter) => letter.charCodeAt(0));

const BY_NAME = new Map(
  TEST_PERSONS.flatMap((person, at) => (Object.keys(person.identifiers) as Kind[]).map((kind) => [nameInToken(at + 1, kind), person] as const)),
);

/** The test person that a token is of; null for a pseudonym that is none's, about which nothing may be said. */
export const testPersonOf = (p: Pseudonym): TestPerson | null => BY_NAME.get(String.fromCharCode(...p)) ?? null;
