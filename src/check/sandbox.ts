import type { Keyring } from "../bst/keyring.ts";
import { type TestPerson, testPersonOf } from "../bst/test-persons.ts";
import { decide, type Freshness, type Opened, type Outcome, type Verdict } from "./decide.ts";
import type { Directory, Holder, KeyRow } from "./directory.ts";
import { TokenOpener } from "./open.ts";
import type { Question } from "./question.ts";
import type { Refusal } from "./refusal.ts";
import { renewalDue, withRenewal } from "./renew.ts";

/**
 * What checks under a test key are answered from: tokens are read, decided and refused as everybody's, and the table of test
 * persons stands where the set stands for others. There is no way from here to that set.
 */

type Token = Extract<Opened, { ok: true }>;

const VERDICTS: Record<TestPerson["answer"], Verdict> = {
  "clear": "clear", "token-retired": "clear", "excluded": "excluded", "indeterminate": "unknown", "token-invalid": "unknown", "rate-limited": "unknown",
};

/** A token's test person; null for a token of nobody's. */
const personOf = (token: Opened): TestPerson | null => (token.ok ? testPersonOf(token.p) : null);

/** A token as it is judged: nobody's is refused like a forged one, and one that stands for a retired one like those. */
function standing(token: Opened, person: TestPerson | null): Opened {
  if (!token.ok) return token;
  if (person === null || person.answer === "token-invalid") return { ok: false, problem: "token-invalid" };
  return person.answer === "token-retired" ? { ...token, standing: "retired" } satisfies Token : token;
}

const limitMet = ({ perSecond, perDay }: KeyRow): Refusal =>
  ({ ok: false, problem: "rate-limited", limit: { policy: "persecond", perSecond, perDay, seconds: 1 } });

/** Answers checks under test keys. */
export class Sandbox {
  readonly #opener: TokenOpener;

  constructor(keyring: Keyring) {
    this.#opener = new TokenOpener(keyring, "test");
  }

  /** What a check comes to; null when only fresher data would do. `rate-limited` precedes what is said of tokens, as it does for everybody. */
  answer({ key, operator }: Holder, question: Question, directory: Directory, freshness: Freshness, answerId: string): Outcome | null {
    const read = question.tokens.map((text) => this.#opener.open(text, operator.id, directory));
    const persons = read.map(personOf);
    const opened = read.map((token, at) => standing(token, persons[at]!));
    const verdicts = persons.map((person): Verdict => (person ? VERDICTS[person.answer] : "unknown"));
    if (!freshness.clearAllowed && !verdicts.includes("excluded")) return null;
    if (persons.some((person) => person?.answer === "rate-limited")) return limitMet(key);
    const outcome = decide(question, operator, opened, verdicts, freshness, answerId);
    return renewalDue(opened) ? withRenewal(outcome, opened, operator.id, directory, this.#opener) : outcome;
  }
}
