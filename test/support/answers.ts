/** Answers as the checker gives them to the tally. */
import { AnswerIds } from "../../src/check/answer-ids.ts";
import type { Opened, Outcome, Verdict } from "../../src/check/decide.ts";
import { type KeyRow, wholeKey } from "../../src/check/directory.ts";
import type { Purpose } from "../../src/check/question.ts";
import { DEFAULT_TERMS } from "../../src/check/terms.ts";
import type { Tally } from "../../src/check/tally.ts";
import { personOf } from "./world.ts";

export const keyOf = (operator: string, id = `${operator}-key`): KeyRow => wholeKey({ id, hash: id, operator, state: "active", ...DEFAULT_TERMS });

interface Answered {
  key: KeyRow;
  answerId: string;
  purpose?: Purpose;
  /** The people that were asked about; those that are found. */
  people?: number[];
  found?: number[];
  now: number;
}

export function note(tally: Tally, { key, answerId, purpose = "login", people = [1], found = [], now }: Answered): void {
  const decision = found.length > 0 ? "excluded" : "clear";
  const outcome: Outcome = {
    ok: true,
    answer: { decision, purpose, kinds: ["msisdn"], sequence: 1, freshThrough: "", maxStalenessMs: 1, answerId },
  };
  const opened: Opened[] = people.map((n) => ({ ok: true, kind: "msisdn", epoch: 0, rootEpoch: 0, p: personOf(n), standing: "current" }));
  const verdicts: Verdict[] = people.map((n) => (found.includes(n) ? "excluded" : "clear"));
  tally.answered(key, outcome, opened, verdicts, now);
}

/** The root an operator computes from the ids it was given. */
export function answersRoot(answers: readonly string[]): string {
  const ids = new AnswerIds();
  for (const answerId of answers) ids.add(answerId);
  return ids.root();
}
